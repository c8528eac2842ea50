import { plural } from '@pass/domain/money.ts'

/** How many pass of a person wait for the network on this device: said at sign-out, in any app. A number, and whose. */
const keyOf = (utilisateurId: string): string => `pass-attente-${utilisateurId}`

export const noteWaiting = (utilisateurId: string, pass: number): void => {
  try {
    if (pass > 0) localStorage.setItem(keyOf(utilisateurId), String(pass))
    else localStorage.removeItem(keyOf(utilisateurId))
  } catch {
    // a browser without storage keeps no act either
  }
}

export const waitingOf = (utilisateurId: string): number => {
  try {
    const pass = Number(localStorage.getItem(keyOf(utilisateurId)))
    return Number.isInteger(pass) && pass > 0 ? pass : 0
  } catch {
    return 0
  }
}

/** What somebody who signs out should know; null when nothing waits. */
export const waitingAtSignOut = (pass: number): string | null => {
  if (pass === 0) return null
  const subject = plural(pass, 'pass attend', 'pass attendent')
  return `${subject} le réseau\u00a0: ${pass === 1 ? 'il partira' : 'ils partiront'} à votre prochaine connexion sur cet appareil.`
}
