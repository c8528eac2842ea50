import { Download, FileText } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { ensureProof } from '../proof.ts'

// The proof is asked before the file leaves: a refusal would arrive as a page of JSON. The link is then pressed again by itself.
const proveFirst = (event: MouseEvent<HTMLAnchorElement>): void => {
  const link = event.currentTarget
  if (link.dataset.prouve) {
    delete link.dataset.prouve
    return
  }
  event.preventDefault()
  void ensureProof().then((proved) => {
    if (!proved) return
    link.dataset.prouve = 'oui'
    link.click()
  })
}

type LinkProps = {
  href: string
  /** The file needs a fresh proof of who one is. */
  stepUp?: boolean | undefined
}
type Props = LinkProps & { nom: string; type?: string; taille?: string }

/** A document to open or keep: its name, then its type and weight, so that nobody opens it by surprise. */
export const FileLink = ({ href, nom, type, taille, stepUp = false }: Props) => {
  const facts = [type, taille].filter(Boolean).join(', ')
  return (
    <a className="fichier" href={href} download onClick={stepUp ? proveFirst : undefined}>
      <FileText aria-hidden="true" />
      <span>
        {nom}
        {facts && <span className="petit doux"> ({facts})</span>}
      </span>
    </a>
  )
}

/** What is on screen, as a file. */
export const ExportLink = ({ href, stepUp = false, children = 'Exporter' }: LinkProps & { children?: ReactNode }) => (
  <a className="bouton second" href={href} download onClick={stepUp ? proveFirst : undefined}>
    <Download aria-hidden="true" />
    {children}
  </a>
)
