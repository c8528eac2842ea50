import type { CompteBancaire } from '@pass/contracts/comptes-bancaires.ts'
import { formatInstant, PARIS } from '@pass/domain/days.ts'
import { now } from '@pass/web/session.tsx'

/** What has to be done next with a request, and from when; nothing once it is answered. */
export const nextStepOf = ({ statut, examen, acceptableAt, bordereauxOuverts }: CompteBancaire): string => {
  if (statut !== 'propose') return ''
  if (!examen?.verifiePar) return 'Vérifier le titulaire'
  if (examen.verification === 'differente') return 'Refuser, ou vérifier de nouveau'
  if (acceptableAt && now() < new Date(acceptableAt)) return `Accepter à partir du ${formatInstant(new Date(acceptableAt), PARIS)}`
  return bordereauxOuverts > 0 ? 'Accepter après les bordereaux en cours' : 'Accepter'
}
