import { HORLOGE_TOLERANCE_SECONDES } from '@pass/domain/differes.ts'
import { formatDuration } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'

const spanOf = (seconds: number): string => {
  if (seconds < 60) return plural(seconds, 'seconde')
  const minutes = Math.round(seconds / 60)
  return minutes < 60 * 24 ? formatDuration(minutes) : plural(Math.round(minutes / (60 * 24)), 'jour')
}

/** What is doubtful in the time of an act, in words: by how much its clock was moved, or why its hour is not believed all the same. */
export const clockWords = (ecartSecondes: number | null): string => {
  if (ecartSecondes === null) return 'Horloge inconnue\u00a0: l’appareil n’avait jamais joint le service.'
  const ecart = Math.abs(ecartSecondes)
  if (ecart <= HORLOGE_TOLERANCE_SECONDES)
    return 'Horloge juste, mais heure impossible\u00a0: future, ou d’avant la déclaration de l’appareil.'
  return `Horloge ${ecartSecondes > 0 ? 'reculée' : 'avancée'} de ${spanOf(ecart)} entre la lecture et l’envoi.`
}
