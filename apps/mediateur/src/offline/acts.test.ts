import { ApiError, NetworkError } from '@pass/web/errors.ts'
import { expect, test } from 'vitest'
import { accepted, type ActeGarde, clockMoved, holds, issueOf, lateBody, newAct, retryOf, waiting, worthRetrying } from './acts.ts'

const T0 = Date.parse('2026-03-10T08:00:00Z')
const lu = (n: number) => ({ code: `CODE0000000${n}`, envoi: `QR${n}` })
const acte = (change: Partial<ActeGarde> = {}): ActeGarde => ({
  ...newAct({
    cle: 'k1',
    utilisateurId: 'u1',
    organisationId: 's1',
    atelierId: 'a1',
    titre: 'Atelier, 14 h',
    pass: [lu(1), lu(2)],
    at: T0,
    ecartMs: 60_000,
  }),
  ...change,
})
const problem = (status: number, code: string, erreurs: unknown[] = [], retryAfter: number | null = null) =>
  new ApiError({ status, code, message: 'Message.', requestId: null, erreurs: erreurs as [], retryAfter })

test('the time of a gesture is the server’s, and the clock is doubted only when it moved since', () => {
  expect(acte().scanneAt).toBe('2026-03-10T08:01:00.000Z')
  expect(lateBody(acte(), { appareilId: 'd1', ecartMs: 60_000 })).toEqual({
    pass: ['QR1', 'QR2'],
    differe: { appareilId: 'd1', scanneAt: '2026-03-10T08:01:00.000Z', ecartSecondes: 0 },
  })
  expect(clockMoved(60_000, 660_000)).toBe(600)
  expect(clockMoved(null, 0)).toBeNull()
  expect(clockMoved(0, 5e15)).toBe(31_536_000)
})

test('what is not an answer keeps the act, what needs somebody stops the queue, the rest is decided', () => {
  expect(issueOf(new NetworkError(null))).toMatchObject({ issue: 'attendre', reseau: true })
  expect(issueOf(new DOMException('late', 'TimeoutError'))).toMatchObject({ issue: 'attendre', reseau: true })
  expect(issueOf(problem(503, 'occupe', [], 2))).toEqual({ issue: 'attendre', reseau: false, secondes: 2 })
  expect(issueOf(problem(429, 'trop_de_demandes'))).toMatchObject({ issue: 'attendre' })
  expect(issueOf(problem(409, 'en_cours'))).toMatchObject({ issue: 'attendre' })
  expect(issueOf(problem(401, 'non_connecte'))).toMatchObject({ issue: 'arreter', motif: 'connexion' })
  expect(issueOf(problem(403, 'second_facteur_requis'))).toMatchObject({ issue: 'arreter', motif: 'connexion' })
  expect(issueOf(problem(403, 'droit_absent'))).toMatchObject({ issue: 'arreter', motif: 'droit' })
  expect(issueOf(problem(409, 'organisation_changee'))).toMatchObject({ issue: 'arreter', motif: 'organisation' })
  const erreurs = [{ chemin: 'pass.1', message: 'Pass déjà utilisé.', code: 'deja_utilise', suite: 'Voir.' }]
  expect(issueOf(problem(409, 'deja_utilise', erreurs))).toEqual({
    issue: 'refuse',
    refus: {
      code: 'deja_utilise',
      message: 'Message.',
      pass: [{ rang: 1, message: 'Pass déjà utilisé.', suite: 'Voir.', code: 'deja_utilise' }],
    },
  })
  expect(issueOf(problem(400, 'code_malforme'))).toMatchObject({ issue: 'refuse' })
})

const refusedWith = (code: string, rang = 1) =>
  acte({ etat: 'refuse', refus: { code, message: '', pass: [{ rang, message: '', suite: 'x', code: code as 'pas_remis' }] } })

test('another try has a key of its own, the time of the scan, and only what is worth it', () => {
  const { next, reste } = retryOf({ ...refusedWith('deja_utilise'), rang: 7 }, 'k2')
  expect(next).toMatchObject({ cle: 'k2', etat: 'attente', pass: [lu(1)], nombre: 1, corps: null, refus: null, scanneAt: acte().scanneAt })
  expect(next.rang).toBeUndefined()
  // the other one keeps its reason, under its own rank
  expect(reste).toMatchObject({
    cle: 'k1',
    rang: 7,
    etat: 'refuse',
    pass: [lu(2)],
    nombre: 1,
    refus: { pass: [{ rang: 0, code: 'deja_utilise' }] },
  })
  // not handed over yet: it may be by then
  expect(worthRetrying(refusedWith('pas_remis'))).toEqual([lu(1), lu(2)])
  expect(retryOf(refusedWith('pas_remis'), 'k2').reste).toBeNull()
  expect(worthRetrying(refusedWith('carnet_bloque', 0))).toEqual([lu(2)])
  expect(worthRetrying(refusedWith('trop_de_pass', 0))).toEqual([lu(2)])
  expect(worthRetrying(acte({ refus: { code: 'appareil_revoque', message: '', pass: [] } }))).toEqual([])
})

test('an accepted act forgets the codes, and waits no more', () => {
  const done = accepted(acte({ corps: { pass: ['QR1'] } }), { montantCentimes: 2000 }, T0)
  expect(done).toMatchObject({ pass: [], corps: null, nombre: 2, etat: 'valide', montantCentimes: 2000 })
  expect(JSON.stringify(done)).not.toContain('CODE')
  expect([done.aExaminer, accepted(acte(), { montantCentimes: 2000, aExaminer: true }, T0).aExaminer]).toEqual([false, true])
  expect(waiting([done, acte()])).toHaveLength(1)
  expect([holds([acte()], lu(1).code), holds([acte()], lu(3).code), holds([refusedWith('pas_remis')], lu(1).code)]).toEqual([
    true,
    false,
    false,
  ])
})
