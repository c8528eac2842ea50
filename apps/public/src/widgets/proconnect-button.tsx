import { urlOf } from '@pass/web/url.ts'
import { startProConnect } from '../calls.ts'

/** ProConnect's own wording and colours, without its logo nor the State's font: a plain link, so that it works in a new tab too. */
export const ProConnectButton = ({ retour }: { retour: string | null }) => (
  <div className="proconnect">
    <a className="proconnect-bouton" href={urlOf(startProConnect, { query: retour === null ? {} : { retour } })}>
      <span>S’identifier avec</span> <strong>ProConnect</strong>
    </a>
    <a href="https://www.proconnect.gouv.fr/" target="_blank" rel="noopener noreferrer" className="petit">
      Qu’est-ce que ProConnect&nbsp;? <span className="petit">(nouvelle fenêtre)</span>
    </a>
  </div>
)
