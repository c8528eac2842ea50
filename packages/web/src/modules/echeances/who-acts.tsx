import type { EcheanceSummary } from '@pass/contracts/echeances.ts'
import { PARTIE_LABELS, type Partie } from '@pass/domain/echeance-suivi.ts'
import { useSession } from '../../session.tsx'

/** The sides that must act, said to the reader: « Vous », « L’opérateur », « Vous et la collectivité ». */
export const whoInWords = (acteurs: readonly Partie[], mine: string): string => {
  const words = acteurs.toSorted((a) => (a === mine ? -1 : 1)).map((one) => (one === mine ? 'Vous' : PARTIE_LABELS[one]))
  return words.map((word, i) => (i === 0 ? word : word.toLowerCase())).join(' et ')
}

/** Who must act for the next step of a lot, in a cell. */
export const WhoActs = ({ prochaine }: Pick<EcheanceSummary, 'prochaine'>) => {
  const { organisation } = useSession()
  if (!prochaine || prochaine.acteurs.length === 0) return <span className="doux">Personne pour l’instant</span>
  const words = whoInWords(prochaine.acteurs, organisation.type)
  return prochaine.acteurs.some((one) => one === organisation.type) ? <strong>{words}</strong> : <>{words}</>
}
