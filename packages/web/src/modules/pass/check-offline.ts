import type { Paquet } from '@pass/contracts/guichet.ts'
import { addDays, formatDay } from '@pass/domain/days.ts'
import { describeRefusal, REDEMPTION_NEXT_STEP } from '@pass/domain/redemptions.ts'
import type { RefusalCode } from '@pass/domain/refusal-codes.ts'
import { openQr } from './read-pass.ts'

/** Says whether `signature` is that of `signed` by the public key (32 bytes, base64url); null: this browser cannot tell. */
export type CheckSignature = (publique: string, signature: Uint8Array, signed: Uint8Array) => Promise<boolean | null>

/** What a counter may say of a pass without network. `a_verifier`: well formed, and the server alone will tell. */
export type OfflineVerdict =
  | { etat: 'bon'; valableJusquau: string; carnetId: bigint }
  | { etat: 'a_verifier'; raison: string }
  | { etat: 'refuse'; code: RefusalCode; message: string; suite: string }

type Facts = { paquet: Pick<Paquet, 'cles' | 'bloques' | 'conventions'>; lieuId: string; today: string; checkSignature: CheckSignature }

type RefusedOffline = 'expire' | 'carnet_bloque' | 'lieu_non_admis'
const refused = (code: RefusedOffline, date?: string): OfflineVerdict => ({
  etat: 'refuse',
  code,
  message: describeRefusal(code, date === undefined ? {} : { date }),
  suite: REDEMPTION_NEXT_STEP[code],
})

const FORGED: OfflineVerdict = {
  etat: 'refuse',
  code: 'code_malforme',
  message: 'Ce code QR n’a pas été fait par le service.',
  suite: 'Ne pas accepter ce pass. Le numéro imprimé peut être tapé quand le réseau revient.',
}
const later = (raison: string): OfflineVerdict => ({ etat: 'a_verifier', raison })

/** A key that has not begun to sign yet, or that is not in the packet, proves nothing. */
const isSigned = async (qr: NonNullable<ReturnType<typeof openQr>>, { paquet, today, checkSignature }: Facts): Promise<boolean | null> => {
  const keys = paquet.cles.filter(({ id, du }) => id === qr.payload.keyId && du <= today)
  let known = false
  for (const { publique } of keys) {
    // oxlint-disable-next-line no-await-in-loop -- one key, seldom two
    const answer = await checkSignature(publique, qr.signature, qr.signed)
    if (answer) return true
    if (answer === false) known = true
  }
  return known ? false : null
}

/**
 * What the packet says of a pass read without network, in the order of the server's checks: signature, blocked carnets, printed end
 * (with the longest tolerance of the collectivité's conventions), lieu admitted. It never accepts what the server would have to
 * refuse for a reason it can see; used, not active, not handed over stay the server's to say. `bloques` are ranges of carnet ids.
 */
export const checkOffline = async (envoi: string, facts: Facts): Promise<OfflineVerdict> => {
  const qr = openQr(envoi)
  if (!qr) return later('Le numéro est bien formé. Il sera vérifié à l’envoi.')
  const signed = await isSigned(qr, facts)
  if (signed === null) return later('La signature sera vérifiée à l’envoi.')
  if (!signed) return FORGED
  const { passId, dateFin, collectiviteId } = qr.payload
  const carnetId = passId / 10n
  if (facts.paquet.bloques.some(({ de, a }) => carnetId >= BigInt(de) && carnetId <= BigInt(a))) return refused('carnet_bloque')
  const conventions = facts.paquet.conventions.filter((one) => one.collectiviteId === collectiviteId)
  const tolerance = Math.max(0, ...conventions.map(({ toleranceJours }) => toleranceJours))
  const valableJusquau = addDays(dateFin, tolerance)
  if (facts.today > valableJusquau) return refused('expire', valableJusquau)
  if (!conventions.some(({ lieux }) => lieux === null || lieux.includes(facts.lieuId))) return refused('lieu_non_admis')
  return { etat: 'bon', valableJusquau, carnetId }
}

/** The verdict in words, under its title « En attente de réseau ». */
export const offlineDetail = (verdict: Exclude<OfflineVerdict, { etat: 'refuse' }>): string =>
  verdict.etat === 'bon' ? `Signature vérifiée, valable jusqu’au ${formatDay(verdict.valableJusquau)}.` : verdict.raison

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.codePointAt(0) ?? 0)

/** Ed25519 by WebCrypto. Null where the browser does not have it (older ones, pages over plain HTTP). */
export const checkEd25519: CheckSignature = async (publique, signature, signed) => {
  try {
    const key = await crypto.subtle.importKey('raw', bytesOf(publique), 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(signed))
  } catch {
    return null
  }
}
