import type { ReactNode } from 'react'

type Props = {
  /** What this person does now. On a phone it comes first. */
  agir: ReactNode
  /** What the thing is and what happened to it. */
  corps: ReactNode
  /** What may be done later, or rarely. */
  suite?: ReactNode
}

/** The sheet of one thing: its story on the left, what to do on the right; on a phone, what to do before the story. */
export const Sheet = ({ agir, corps, suite }: Props) => (
  <div className="fiche">
    <div className="pile fiche-agir">{agir}</div>
    <div className="pile fiche-corps">{corps}</div>
    {suite && <div className="pile fiche-suite">{suite}</div>}
  </div>
)
