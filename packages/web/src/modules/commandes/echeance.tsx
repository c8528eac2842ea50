import type { Commande } from '@pass/contracts/commandes.ts'
import { countdown } from '@pass/domain/commande-delais.ts'
import { formatDay, formatLongDay } from '@pass/domain/days.ts'
import { today, useSession } from '../../session.tsx'
import { Notice } from '../../ui/notice.tsx'
import { nextSteps, tourInWords } from './next-step.ts'

/** By when the next act is expected, what it is and whose it is: the countdown of the sheet. */
export const EcheanceNotice = ({ commande }: { commande: Commande }) => {
  const { organisation } = useSession()
  const [next] = nextSteps(commande)
  const { echeance } = commande
  if (!echeance || !next) return null
  const { retard, texte } = countdown(echeance, today())
  // once the proof is accepted, the day is the one of the delivery, whatever is left to do before it
  const delivery = ['maquette_validee', 'en_production', 'expediee'].includes(commande.statut)
  const titre = delivery ? 'Livraison prévue' : `${next.titre} : ${tourInWords(next.tour, organisation.type).toLowerCase()}`
  return (
    <Notice tone={retard ? 'attente' : 'info'} titre={`${titre}, au plus tard le ${formatLongDay(echeance)}`}>
      ({texte})
    </Notice>
  )
}

/** The same in a cell of a list: the day, then how late. */
export const EcheanceWords = ({ echeance }: { echeance: string | null }) => {
  if (!echeance) return null
  const { retard, texte } = countdown(echeance, today())
  return <span className="petit doux sous">{retard ? <strong>{texte}</strong> : `avant le ${formatDay(echeance)}`}</span>
}
