import { formatInstant, PARIS } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import type { ActeGarde } from './acts.ts'

const HOUR_MS = 3_600_000
/** The sentences begin at two thirds of the hours and four fifths of the acts. */
const WARN_HOURS = 2 / 3
const WARN_ACTS = 4 / 5

type Facts = {
  /** The acts of this person that wait. */
  enAttente: readonly ActeGarde[]
  limites: { heures: number; actes: number }
  /** Age of the packet (ms); null: there is none. */
  paquetAge: number | null
  revoque: boolean
  /** The device's time. */
  now: number
  /** Distance of the server's clock, to say an hour that people know. */
  ecartMs: number
  fuseau?: string
}

/** `bloque`: why no other pass can be kept without network. `avertissements`: said before it comes to that. */
export type Limits = { bloque: string | null; avertissements: string[] }

const blockedBy = ({ enAttente, limites, paquetAge, revoque }: Facts): string | null => {
  if (revoque) return 'Cet appareil a été révoqué\u00a0: il ne garde plus de pass sans réseau. Retrouvez du réseau pour en utiliser.'
  if (paquetAge === null) return 'Cet appareil n’est pas encore prêt à travailler sans réseau. Ouvrez cette page une fois avec du réseau.'
  if (paquetAge >= limites.heures * HOUR_MS)
    return `Cet appareil n’a pas rejoint le service depuis ${limites.heures}\u00a0heures. Retrouvez du réseau avant d’utiliser d’autres pass.`
  if (enAttente.length >= limites.actes)
    return `${limites.actes} actes attendent le réseau\u00a0: c’est le maximum. Retrouvez du réseau avant d’en ajouter.`
  return null
}

const hoursLeft = (ms: number): string => plural(Math.max(1, Math.floor(ms / HOUR_MS)), 'heure', 'heures')

/** What stands between the counter and its limits, in sentences (72 hours and 40 acts, as the packet says). */
export const limitsOf = (facts: Facts): Limits => {
  const { enAttente, limites, paquetAge, now, ecartMs, fuseau = PARIS } = facts
  const bloque = blockedBy(facts)
  const avertissements: string[] = []
  const left = limites.actes - enAttente.length
  if (left > 0 && enAttente.length >= limites.actes * WARN_ACTS)
    avertissements.push(`Encore ${plural(left, 'acte', 'actes')} sans réseau, puis il faudra du réseau.`)
  const span = limites.heures * HOUR_MS
  const oldest = Math.min(...enAttente.map(({ gesteAt }) => gesteAt))
  const end = oldest + span
  if (Number.isFinite(oldest) && now >= end)
    avertissements.push(
      `Un acte attend depuis plus de ${limites.heures}\u00a0heures. Il partira quand même, mais le service le jugera au jour de l’envoi.`,
    )
  else if (Number.isFinite(oldest) && now - oldest >= span * WARN_HOURS)
    avertissements.push(
      `Le plus ancien acte doit partir avant le ${formatInstant(new Date(end + ecartMs), fuseau)}. Retrouvez du réseau avant.`,
    )
  if (!bloque && paquetAge !== null && paquetAge >= span * WARN_HOURS)
    avertissements.push(
      `Cet appareil peut travailler sans réseau encore ${hoursLeft(span - paquetAge)}. Ouvrez cette page avec du réseau d’ici là.`,
    )
  return { bloque, avertissements }
}
