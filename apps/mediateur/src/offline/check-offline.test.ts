import { generateKeyPairSync, sign } from 'node:crypto'
import { codeOf } from '@pass/domain/codes.ts'
import { encodePayload, joinSignature } from '@pass/domain/qr.ts'
import { expect, test } from 'vitest'
import { checkEd25519, checkOffline } from '@pass/web/modules/pass/check-offline.ts'

const CODE = codeOf(Uint8Array.of(1, 2, 3, 4, 5, 6, 7))
const COLLECTIVITE = '0192d1c0-0000-7000-8000-b00000000001'
const LIEU = '0192d1c0-0000-7000-8000-300000000001'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

const base45 = (bytes: Uint8Array): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length
    let sum = pair ? bytes[i]! * 256 + bytes[i + 1]! : bytes[i]!
    for (let n = 0; n < (pair ? 3 : 2); n++, sum = Math.floor(sum / 45)) text += ALPHABET[sum % 45]
  }
  return text
}

const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publique: String(publicKey.export({ format: 'jwk' }).x) }
}
const first = pair()
const second = pair()

const qr = ({ keyId = 1, by = first, passId = 420n, dateFin = '2026-06-30', collectiviteId = COLLECTIVITE } = {}) => {
  const payload = encodePayload({ keyId, collectiviteId, passId, code: CODE, dateFin })
  return base45(joinSignature(payload, sign(null, payload, by.privateKey)))
}

const convention = (lieux: string[] | null, toleranceJours = 0) => ({
  collectiviteId: COLLECTIVITE,
  collectivite: 'Collectivité Essai',
  toleranceJours,
  passParAtelier: 2,
  passParAtelierLong: 4,
  passParDemiJournee: 4,
  lieux,
})
const paquet = {
  cles: [{ id: 1, publique: first.publique, du: '2025-01-01', au: null as string | null }],
  bloques: [{ de: 100, a: 110 }],
  conventions: [convention([LIEU])],
}
const check = (text: string, change: Partial<typeof paquet> = {}, today = '2026-03-10') =>
  checkOffline(text, { paquet: { ...paquet, ...change }, lieuId: LIEU, today, checkSignature: checkEd25519 })

test('a signed pass of an admitting convention is good until its printed day, tolerance included', async () => {
  expect(await check(qr())).toEqual({ etat: 'bon', valableJusquau: '2026-06-30', carnetId: 42n })
  expect(await check(qr(), {}, '2026-06-30')).toMatchObject({ etat: 'bon' })
  expect(await check(qr(), {}, '2026-07-01')).toMatchObject({ etat: 'refuse', code: 'expire' })
  const conventions = [convention([LIEU]), convention([], 30)]
  expect(await check(qr(), { conventions }, '2026-07-01')).toMatchObject({ etat: 'bon', valableJusquau: '2026-07-30' })
})

test('a text signed by another key, or changed after signing, is refused', async () => {
  expect(await check(qr({ by: second }))).toMatchObject({ etat: 'refuse', code: 'code_malforme' })
  const text = qr()
  const [changed] = [text.slice(0, 30) + (text[30] === 'A' ? 'B' : 'A') + text.slice(31)]
  expect(await check(changed ?? '')).not.toMatchObject({ etat: 'bon' })
})

test('keys turn: the retired one still proves what it signed, the unknown and the coming one leave it to the server', async () => {
  const cles = [
    { id: 1, publique: first.publique, du: '2024-01-01', au: '2025-12-31' },
    { id: 2, publique: second.publique, du: '2026-01-01', au: null },
  ]
  expect(await check(qr(), { cles })).toMatchObject({ etat: 'bon' })
  expect(await check(qr({ keyId: 2, by: second }), { cles })).toMatchObject({ etat: 'bon' })
  expect(await check(qr({ keyId: 2, by: second }))).toMatchObject({ etat: 'a_verifier' })
  const coming = [{ id: 1, publique: first.publique, du: '2026-04-01', au: null }]
  expect(await check(qr(), { cles: coming })).toMatchObject({ etat: 'a_verifier' })
  // another key may take the same number again after 256 of them
  expect(await check(qr({ by: second }), { cles: [...paquet.cles, { ...paquet.cles[0]!, publique: second.publique }] })).toMatchObject({
    etat: 'bon',
  })
})

test('both ends of a blocked range are blocked, their neighbours are not', async () => {
  const etats = await Promise.all([999n, 1000n, 1109n, 1110n].map(async (passId) => (await check(qr({ passId }))).etat))
  expect(etats).toEqual(['bon', 'refuse', 'refuse', 'bon'])
  expect(await check(qr({ passId: 1000n }))).toMatchObject({ code: 'carnet_bloque' })
})

test('the lieu must be admitted by a convention of that collectivité', async () => {
  expect(await check(qr(), { conventions: [convention(null)] })).toMatchObject({ etat: 'bon' })
  expect(await check(qr(), { conventions: [convention([])] })).toMatchObject({ etat: 'refuse', code: 'lieu_non_admis' })
  expect(await check(qr({ collectiviteId: COLLECTIVITE.replace('b', 'c') }))).toMatchObject({ code: 'lieu_non_admis' })
})

test('a typed number, and a browser without Ed25519, are told by the server', async () => {
  expect(await check(CODE)).toMatchObject({ etat: 'a_verifier' })
  const answer = await checkOffline(qr(), { paquet, lieuId: LIEU, today: '2026-03-10', checkSignature: async () => null })
  expect(answer).toMatchObject({ etat: 'a_verifier' })
})
