/** Goes up whenever a program that speaks the old wire would misread the new one. docs/wire.md describes the current one. */
export const protocolVersion = 2;

/** Frames that a viewer may have received and not yet acknowledged: with more, a slow link's buffers hide how far behind it is. */
export const creditFrames = 2;
