import type { Echeance } from '@pass/contracts/echeances.ts'
import { formatDay } from '@pass/domain/days.ts'
import { ACCORD_ETAPES, ACCORD_PARTIES, manquantsOf, PARTIE_LABELS } from '@pass/domain/echeance-suivi.ts'
import { ECHEANCE_ETAPES, ECHEANCE_LABELS, type EcheanceEtape, echeancesOf } from '@pass/domain/echeances.ts'
import { plural } from '@pass/domain/money.ts'
import { today } from '../../session.tsx'
import { type Etape, Timeline } from '../../ui/timeline.tsx'

/** A step that passed without the agreement of everyone. */
const missedOf = ({ accords, releve, statut, dateFin }: Echeance, etape: EcheanceEtape): string | null => {
  const agreed = ACCORD_ETAPES.find((one) => one === etape)
  if (!agreed || agreed === 'releve') return null
  const over = statut === 'close' || releve !== null || (agreed === 'arret_distribution' && dateFin < today())
  const missing = manquantsOf(agreed, accords)
  return over && missing.length > 0
    ? `Étape passée sans l’accord de\u00a0: ${missing.map((one) => PARTIE_LABELS[one].toLowerCase()).join(', ')}.`
    : null
}

/** What was said of a step: the counts announced, who agreed. */
const linesOf = (echeance: Echeance, etape: EcheanceEtape): string[] => {
  const { alertes, accords, arret, toleranceJours } = echeance
  const missed = missedOf(echeance, etape)
  const alerte = alertes.find((one) => one.etape === etape)
  return [
    ...(alerte
      ? [
          `Annoncé le ${formatDay(alerte.jour)} : ${plural(alerte.emis, 'carnet émis', 'carnets émis')}, ${plural(alerte.remis, 'remis', 'remis')}, ${plural(alerte.jamaisRemis, 'jamais remis', 'jamais remis')}, ${plural(alerte.entames, 'entamé')}.`,
        ]
      : []),
    ...accords
      .filter((one) => one.etape === etape)
      .map(({ partie, acteur, jour }) => `${PARTIE_LABELS[partie]} : ${acteur}, le ${formatDay(jour)}.`),
    ...(missed ? [missed] : []),
    ...(etape === 'arret_distribution' && arret ? [`Arrêt à partir du ${formatDay(arret)}.`] : []),
    ...(etape === 'dernier_jour' ? [`Tolérance de ${plural(toleranceJours, 'jour')}.`] : []),
  ]
}

const stateOf = (echeance: Echeance, etape: EcheanceEtape, date: string): Etape['etat'] => {
  if (echeance.statut === 'close') return 'fait'
  const agreed = ACCORD_ETAPES.find((one) => one === etape)
  if (date > today()) return 'attente'
  if (agreed === 'releve') return 'encours'
  return agreed && manquantsOf(agreed, echeance.accords).length > 0 && echeance.prochaine?.etape === etape ? 'encours' : 'fait'
}

const actorOf = (echeance: Echeance, etape: EcheanceEtape): string | undefined => {
  const { accords } = echeance
  if (missedOf(echeance, etape)) return undefined
  const agreed = ACCORD_ETAPES.find((one) => one === etape)
  if (!agreed) return undefined
  const missing = manquantsOf(agreed, accords)
  if (missing.length === 0) return undefined
  return missing.length === ACCORD_PARTIES[agreed].length && missing.length === 2 ? 'Les deux parties' : PARTIE_LABELS[missing[0]!]
}

/** The six days of a lot, from its alert to its statement: what is done, what comes, whose turn it is. */
export const EcheanceCalendar = ({ echeance }: { echeance: Echeance }) => {
  const days = echeancesOf(echeance.dateFin, echeance.toleranceJours)
  const etapes = ECHEANCE_ETAPES.map((etape): Etape => {
    const said = linesOf(echeance, etape).join(' ')
    return {
      cle: etape,
      titre: `${ECHEANCE_LABELS[etape]}, ${formatDay(days[etape])}`,
      etat: stateOf(echeance, etape, days[etape]),
      acteur: actorOf(echeance, etape),
      ...(said && { detail: said }),
    }
  })
  return <Timeline etapes={etapes} />
}
