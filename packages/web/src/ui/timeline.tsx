import { Check, CircleX, Clock, Lock, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type Etape = {
  /** Tells two steps of the same name apart. */
  cle?: string
  titre: string
  etat: 'fait' | 'encours' | 'attente' | 'refus'
  /** Date, person, document. */
  detail?: ReactNode
  /** Whose act it is: « Vous », « Opérateur ». */
  acteur?: string | undefined
  icon?: LucideIcon
}

const LOOK: Record<Etape['etat'], { tone: string; icon: LucideIcon; mot: string }> = {
  fait: { tone: 'bien', icon: Check, mot: 'fait' },
  encours: { tone: 'info', icon: Clock, mot: 'en cours' },
  attente: { tone: 'neutre', icon: Lock, mot: 'à venir' },
  refus: { tone: 'refus', icon: CircleX, mot: 'refusé' },
}

/** What has happened, what is under way, what comes next and whose turn it is. */
export const Timeline = ({ etapes }: { etapes: readonly Etape[] }) => (
  <ol className="etapes">
    {etapes.map(({ cle, titre, etat, detail, acteur, icon }) => {
      const Icon = icon ?? LOOK[etat].icon
      return (
        <li key={cle ?? titre} data-etat={etat} aria-current={etat === 'encours' ? 'step' : undefined}>
          <span className={`point ${LOOK[etat].tone}`}>
            <Icon aria-hidden="true" />
          </span>
          <div>
            <strong>{titre}</strong>
            <span className="hors-ecran">, {LOOK[etat].mot}</span>
            {detail && <p className="petit doux">{detail}</p>}
          </div>
          {acteur && <span className="petit doux">{acteur}</span>}
        </li>
      )
    })}
  </ol>
)
