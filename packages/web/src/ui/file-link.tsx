import { Download, FileText } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = { href: string; nom: string; type?: string; taille?: string }

/** A document to open or keep: its name, then its type and weight, so that nobody opens it by surprise. */
export const FileLink = ({ href, nom, type, taille }: Props) => {
  const facts = [type, taille].filter(Boolean).join(', ')
  return (
    <a className="fichier" href={href} download>
      <FileText aria-hidden="true" />
      <span>
        {nom}
        {facts && <span className="petit doux"> ({facts})</span>}
      </span>
    </a>
  )
}

/** What is on screen, as a file. */
export const ExportLink = ({ href, children = 'Exporter' }: { href: string; children?: ReactNode }) => (
  <a className="bouton second" href={href} download>
    <Download aria-hidden="true" />
    {children}
  </a>
)
