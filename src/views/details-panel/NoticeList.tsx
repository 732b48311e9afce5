import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";

import { fill, texts } from "#store/texts.ts";

import type { PlacedNotice } from "../facts/node-facts.ts";
import { safeLink } from "../facts/safe-link.ts";
import { SeverityMark } from "../marks/SeverityMark.tsx";
import styles from "./NoticeList.module.css";

/** What the source says, in its words: text, never HTML. */
export function NoticeList({ notices }: { readonly notices: readonly PlacedNotice[] }): ReactNode {
  if (notices.length === 0) return undefined;
  return (
    <ul className={styles["list"]} aria-label={texts.details.notices}>
      {notices.map((placed, index) => (
        <NoticeItem key={`${index} ${placed.notice.title}`} {...placed} />
      ))}
    </ul>
  );
}

function NoticeItem({ notice, place }: PlacedNotice): ReactNode {
  const { title, subtitle, severity } = notice;
  const link = safeLink(notice.link);
  return (
    <li className={styles["notice"]} data-severity={severity}>
      <SeverityMark badge={severity + 1} />
      <div className={styles["texts"]}>
        <span className="visually-hidden">{texts.severities[severity]}</span>
        {link === undefined ? (
          <span className={styles["title"]}>{title}</span>
        ) : (
          <a className={styles["title"]} href={link} target="_blank" rel="noopener noreferrer">
            {title}
            <ExternalLink aria-hidden />
          </a>
        )}
        {subtitle !== undefined && <span className={styles["subtitle"]}>{subtitle}</span>}
        {place !== undefined && (
          <span className={styles["subtitle"]}>{fill(texts.details.within, { place })}</span>
        )}
      </div>
    </li>
  );
}
