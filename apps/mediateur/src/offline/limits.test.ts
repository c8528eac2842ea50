import { expect, test } from 'vitest'
import { newAct } from './acts.ts'
import { limitsOf } from './limits.ts'

const HOUR = 3_600_000
const T0 = Date.parse('2026-03-10T08:00:00Z')
const act = (at: number) =>
  newAct({
    cle: 'k',
    utilisateurId: 'u',
    organisationId: 's',
    atelierId: 'a',
    titre: 't',
    pass: [{ code: 'c', envoi: 'c' }],
    at,
    ecartMs: 0,
  })
const limits = (acts: number, { oldest = 0, age = 0, revoque = false }: { oldest?: number; age?: number | null; revoque?: boolean } = {}) =>
  limitsOf({
    enAttente: Array.from({ length: acts }, () => act(T0 - oldest)),
    limites: { heures: 72, actes: 40 },
    paquetAge: age,
    revoque,
    now: T0,
    ecartMs: 0,
  })

test('forty acts are the most, and it is said from the thirty-second', () => {
  expect(limits(31)).toEqual({ bloque: null, avertissements: [] })
  expect(limits(32).avertissements).toEqual(['Encore 8\u00a0actes sans réseau, puis il faudra du réseau.'])
  expect(limits(39).avertissements).toEqual(['Encore 1\u00a0acte sans réseau, puis il faudra du réseau.'])
  expect(limits(39).bloque).toBeNull()
  expect(limits(40).bloque).toContain('40 actes attendent le réseau')
})

test('seventy-two hours are the longest, and it is said from the forty-eighth', () => {
  expect(limits(1, { oldest: 47 * HOUR }).avertissements).toEqual([])
  expect(limits(1, { oldest: 48 * HOUR }).avertissements).toEqual([
    'Le plus ancien acte doit partir avant le 11/03/2026 à 9\u00a0h. Retrouvez du réseau avant.',
  ])
  expect(limits(1, { oldest: 72 * HOUR }).avertissements[0]).toContain('depuis plus de 72\u00a0heures')
  expect(limits(0, { age: 71 * HOUR })).toEqual({
    bloque: null,
    avertissements: ['Cet appareil peut travailler sans réseau encore 1\u00a0heure. Ouvrez cette page avec du réseau d’ici là.'],
  })
  expect(limits(0, { age: 72 * HOUR }).bloque).toContain('72\u00a0heures')
})

test('a revoked device, and one that never met the service, keep nothing', () => {
  expect(limits(0, { revoque: true }).bloque).toContain('révoqué')
  expect(limits(0, { age: null }).bloque).toContain('pas encore prêt')
})
