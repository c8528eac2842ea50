import { expect, test } from 'vitest'
import {
  ALERTE_REGLES,
  alerteOfRefus,
  alertesOfUtilisation,
  CODES_FAUX,
  describeAlerte,
  isConflitRepete,
  isTropDeCodesFaux,
  overlaps,
  whyNotClasser,
} from './alertes.ts'

const at = (instant: string) => new Date(instant)
const ATELIER = { date: '2026-03-10', debut: '10:00', dureeMinutes: 120, fuseau: 'Europe/Paris' }
const online = (instant: string) => alertesOfUtilisation(ATELIER, { at: at(instant), differe: false, autres: [] })

test('hors_creneau: two days later; the honest one keys its paper list at the end of the morning', () => {
  expect(online('2026-03-12T09:00:00+01:00')).toEqual(['hors_creneau'])
  expect(online('2026-03-10T08:00:00+01:00')).toEqual(['hors_creneau'])
  expect(online('2026-03-10T09:10:00+01:00')).toEqual([])
  expect(online('2026-03-10T15:45:00+01:00')).toEqual([])
})

test('hors_creneau: an act made without network is late by nature', () => {
  expect(alertesOfUtilisation(ATELIER, { at: at('2026-03-12T09:00:00+01:00'), differe: true, autres: [] })).toEqual([])
})

test('meme_personne: hours that overlap; the honest one goes from an atelier to the next', () => {
  const now = at('2026-03-10T11:00:00+01:00')
  const withOther = (debut: string) =>
    alertesOfUtilisation(ATELIER, { at: now, differe: false, autres: [{ ...ATELIER, debut, dureeMinutes: 60 }] })
  expect(withOther('11:59')).toEqual(['meme_personne'])
  expect(withOther('12:00')).toEqual([])
  expect(withOther('09:00')).toEqual([])
  expect(withOther('09:01')).toEqual(['meme_personne'])
  // the same hour of the wall, five hours apart
  expect(overlaps(ATELIER, { ...ATELIER, fuseau: 'America/Cayenne' })).toBe(false)
})

test('capacite: a pass too many; the honest one looks at it first, or fills the room exactly', () => {
  expect(alerteOfRefus('atelier_complet', { utilise: true })).toBe('capacite')
  expect(alerteOfRefus('atelier_complet', { utilise: false })).toBeNull()
})

test('pas_actif, pas_remis, carnet_bloque; the honest ones have an expired pass, or a carnet held for a check', () => {
  for (const code of ['pas_actif', 'pas_remis'] as const) expect(alerteOfRefus(code, { utilise: false })).toBe(code)
  expect(alerteOfRefus('carnet_bloque', { utilise: true, motif: 'vole' })).toBe('carnet_bloque')
  expect(alerteOfRefus('carnet_bloque', { utilise: true, motif: 'perdu' })).toBe('carnet_bloque')
  expect(alerteOfRefus('carnet_bloque', { utilise: true, motif: 'controle' })).toBeNull()
  for (const code of ['expire', 'deja_utilise', 'pass_annule', 'code_inconnu', 'presence_manquante'] as const)
    expect(alerteOfRefus(code, { utilise: true })).toBeNull()
})

test('codes_faux: ten in an hour, twenty in a day, two hundred in a territory; nine clumsy readings are nobody’s', () => {
  const none = { personne: 0, lieu: 0, territoire: 0 }
  expect(isTropDeCodesFaux({ personne: 9, lieu: 19, territoire: 199 })).toBe(false)
  expect(isTropDeCodesFaux({ ...none, personne: CODES_FAUX.personneHeure })).toBe(true)
  expect(isTropDeCodesFaux({ ...none, lieu: CODES_FAUX.lieuJour })).toBe(true)
  expect(isTropDeCodesFaux({ ...none, territoire: CODES_FAUX.territoireHeure })).toBe(true)
})

test('conflits: three within thirty days; two, or a third of two months ago, happen to everyone', () => {
  expect(isConflitRepete([0, 3, 29])).toBe(true)
  expect(isConflitRepete([0, 3])).toBe(false)
  expect(isConflitRepete([0, 3, 60])).toBe(false)
})

test('every alert says what was seen, when, how often, and what usually explains it', () => {
  for (const regle of ALERTE_REGLES) {
    const one = describeAlerte(regle, { nombre: 1, jour: '2026-03-10' })
    const several = describeAlerte(regle, { nombre: 4, jour: '2026-03-10' })
    expect(one.titre).toBe(several.titre)
    expect(one.texte).toMatch(/^Le 10\/03\/2026\u00a0: 1\u00a0.+\. .+\.$/)
    expect(several.texte).toContain(' 4\u00a0')
    expect(`${one.titre} ${one.texte}`).not.toMatch(/fraude|coupable|triche/i)
  }
})

test('an alert is filed once', () => {
  expect(whyNotClasser('ouverte')).toBeNull()
  expect(whyNotClasser('classee')?.code).toBe('alerte_statut')
})
