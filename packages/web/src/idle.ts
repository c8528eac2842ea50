import { ALERTE_MINUTES } from '@pass/domain/acces.ts'

/** Minutes before the absolute end when the screen says at what hour it comes. */
const FIN_MINUTES = 10

type Clock = {
  now: number
  /** Last call answered, in any tab. */
  lastUse: number
  inactiviteMinutes: number
  /** When the session closes whatever happens. */
  endsAt: number
}

/** `alerte`: idle for too long, seconds left. `derniere`: the absolute end is near. `finie`: why it is over. */
export type IdleState =
  | { etat: 'calme' }
  | { etat: 'derniere'; endsAt: number }
  | { etat: 'alerte'; secondes: number }
  | { etat: 'finie'; motif: 'inactivite' | 'duree' }

/**
 * Where a session stands. The absolute end comes first, then the idle one, then what is only announced. The server notes a use
 * once a minute, so its own end comes a little before this one, never after: when the screen closes, nothing is left open
 * behind it.
 */
export const idleState = ({ now, lastUse, inactiviteMinutes, endsAt }: Clock): IdleState => {
  if (now >= endsAt) return { etat: 'finie', motif: 'duree' }
  const idleAt = lastUse + inactiviteMinutes * 60_000
  if (now >= idleAt) return { etat: 'finie', motif: 'inactivite' }
  if (now >= idleAt - ALERTE_MINUTES * 60_000) return { etat: 'alerte', secondes: Math.ceil((idleAt - now) / 1000) }
  if (now >= endsAt - FIN_MINUTES * 60_000) return { etat: 'derniere', endsAt }
  return { etat: 'calme' }
}
