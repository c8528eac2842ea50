import type { CSSProperties, ReactNode } from 'react'
import { Link } from 'react-router'

export type Stage = {
  cle: string
  /** The stage, always named: « Livrés », « Remis ». */
  titre: string
  /** The number, with its unit when it is not carnets. */
  valeur: ReactNode
  detail?: ReactNode
  /** Share of the stage before, 0 to 1; drawn, so said in words too. */
  part?: number
  /** « 65 % des attribués ». */
  partTexte?: string
  /** The list behind the number. */
  to?: string
}

const Body = ({ titre, valeur, detail, part, partTexte }: Stage) => (
  <>
    <span className="petit doux">{titre}</span>
    <b>{valeur}</b>
    <span className="petit">{detail ?? '\u00a0'}</span>
    {part !== undefined && (
      <i aria-hidden="true" style={{ '--part': `${Math.round(Math.min(Math.max(part, 0), 1) * 100)}%` } as CSSProperties} />
    )}
    {partTexte && <span className="petit doux">{partTexte}</span>}
  </>
)

/** Where the carnets are: each stage is a torn ticket, its bar the share of the stage before, its number a link to its list. */
export const Funnel = ({ stages, label = 'Étapes des carnets et des pass' }: { stages: readonly Stage[]; label?: string }) => (
  <ol className="entonnoir" aria-label={label}>
    {stages.map((stage) => (
      <li key={stage.cle}>
        {stage.to ? (
          <Link to={stage.to}>
            <Body {...stage} />
          </Link>
        ) : (
          <Body {...stage} />
        )}
      </li>
    ))}
  </ol>
)
