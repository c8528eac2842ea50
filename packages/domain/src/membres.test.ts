import { expect, test } from 'vitest'
import {
  type Acces,
  hasAdministrator,
  invitationEnd,
  invitationEtat,
  isRevueDue,
  membreEtat,
  whyNotDecideRecuperation,
  whyNotEnd,
  whyNotRemove,
  whyNotReview,
  whyNotSetMembre,
  whyNotTouchInvitation,
} from './membres.ts'

const TODAY = '2026-03-10'
const acces = (adhesionId: string, over: Partial<Acces> = {}): Acces => ({
  adhesionId,
  utilisateurId: adhesionId,
  role: 'collectivite.administrateur',
  dateDebut: '2025-01-01',
  dateFin: null,
  retiree: false,
  desactive: false,
  ...over,
})
const lecteur = { role: 'collectivite.lecteur' } as const

test.each([
  ['2025-01-01', null, false, 'en_cours'],
  [TODAY, TODAY, false, 'en_cours'],
  ['2026-03-11', null, false, 'a_venir'],
  ['2025-01-01', '2026-03-09', false, 'termine'],
  ['2025-01-01', null, true, 'termine'],
  ['2026-03-11', null, true, 'termine'],
] as const)('from %s to %s, withdrawn %s: %s', (dateDebut, dateFin, retiree, etat) => {
  expect(membreEtat({ dateDebut, dateFin, retiree }, TODAY)).toBe(etat)
})

test.each([
  ['2025-01-01', null, true],
  ['2025-09-10', null, true],
  ['2025-09-11', null, false],
  ['2025-01-01', '2025-09-10', true],
  ['2025-01-01', '2025-09-11', false],
  ['2025-01-01', '2026-03-10', false],
] as const)('since %s, confirmed %s: due %s', (dateDebut, revueLe, due) => {
  expect(isRevueDue({ dateDebut, dateFin: null, retiree: false, revueLe }, TODAY)).toBe(due)
})
test('an access that has ended is not reviewed', () => {
  const ended = { dateDebut: '2025-01-01', dateFin: null, retiree: true }
  expect(isRevueDue({ ...ended, revueLe: null }, TODAY)).toBe(false)
  expect(whyNotReview(ended, TODAY)?.code).toBe('membre_etat')
  expect(whyNotReview({ ...ended, retiree: false }, TODAY)).toBeNull()
})

test('an invitation lives 7 days to the second', () => {
  const now = new Date('2026-03-10T08:00:00Z')
  const expireAt = invitationEnd(now)
  expect(expireAt.toISOString()).toBe('2026-03-17T08:00:00.000Z')
  expect(invitationEtat({ statut: 'envoyee', expireAt }, new Date(expireAt.getTime() - 1))).toBe('envoyee')
  expect(invitationEtat({ statut: 'envoyee', expireAt }, expireAt)).toBe('expiree')
  expect(invitationEtat({ statut: 'acceptee', expireAt }, expireAt)).toBe('acceptee')
  expect(['envoyee', 'expiree', 'acceptee', 'annulee'].map((etat) => whyNotTouchInvitation(etat as 'envoyee')?.code)).toEqual([
    undefined,
    undefined,
    'invitation_etat',
    'invitation_etat',
  ])
})

test.each([
  ['alone', [], 'dernier_administrateur'],
  ['beside a reader', [acces('b', lecteur)], 'dernier_administrateur'],
  ['beside another administrator', [acces('b')], undefined],
  ['beside one who left', [acces('b', { retiree: true })], 'dernier_administrateur'],
  ['beside one whose access has ended', [acces('b', { dateFin: '2026-03-09' })], 'dernier_administrateur'],
  ['beside one who ends today', [acces('b', { dateFin: TODAY })], undefined],
  ['beside one who comes tomorrow', [acces('b', { dateDebut: '2026-03-11' })], 'dernier_administrateur'],
  ['beside one whose account is closed', [acces('b', { desactive: true })], 'dernier_administrateur'],
] as const)('an administrator %s leaves: %s', (_, others, code) => {
  const a = acces('a')
  expect(whyNotRemove(a, [a, ...others], TODAY)?.code).toBe(code)
  expect(whyNotSetMembre(a, { ...lecteur, dateFin: null }, { all: [a, ...others], par: 'x', today: TODAY })?.code).toBe(code)
})

test('others leave freely, once', () => {
  const b = acces('b', lecteur)
  expect(whyNotRemove(b, [b], TODAY)).toBeNull()
  expect(whyNotRemove({ ...b, retiree: true }, [b], TODAY)?.code).toBe('membre_etat')
  // an administrator whose account is closed administers nothing
  const closed = acces('c', { desactive: true })
  expect(whyNotRemove(closed, [closed], TODAY)).toBeNull()
})

test('an end date is given to the last administrator only if somebody administers after it', () => {
  const a = acces('a')
  const at = (dateFin: string | null, ...others: Acces[]) =>
    whyNotSetMembre(a, { role: a.role, dateFin }, { all: [a, ...others], par: 'x', today: TODAY })?.code
  expect(at(null)).toBeUndefined()
  expect(at('2026-12-31')).toBe('dernier_administrateur')
  expect(at('2026-12-31', acces('b'))).toBeUndefined()
  expect(at('2026-12-31', acces('b', { dateFin: '2026-12-31' }))).toBe('dernier_administrateur')
  expect(at('2026-12-31', acces('b', { dateFin: '2027-01-01' }))).toBeUndefined()
})

test('nobody changes their own access, nor one that has ended, nor with a past end', () => {
  const a = acces('a')
  const all = [a, acces('b')]
  expect(whyNotSetMembre(a, { ...lecteur, dateFin: null }, { all, par: 'a', today: TODAY })?.code).toBe('habilitation_refusee')
  expect(whyNotSetMembre({ ...a, retiree: true }, { ...lecteur, dateFin: null }, { all, par: 'x', today: TODAY })?.code).toBe('membre_etat')
  expect(whyNotEnd('2026-03-09', TODAY)?.erreurs?.[0]?.chemin).toBe('dateFin')
  expect(whyNotEnd(TODAY, TODAY)).toBeNull()
  expect(whyNotEnd(null, TODAY)).toBeNull()
})

test('an organisation without anybody who administers it', () => {
  expect(hasAdministrator([acces('a')], TODAY)).toBe(true)
  expect(hasAdministrator([acces('a', lecteur), acces('b', { retiree: true }), acces('c', { desactive: true })], TODAY)).toBe(false)
  expect(hasAdministrator([], TODAY)).toBe(false)
})

test('a recovery is decided by somebody else, once, in time', () => {
  const demande = { statut: 'demandee' as const, utilisateurId: 'a', expiree: false }
  expect(whyNotDecideRecuperation(demande, 'b')).toBeNull()
  expect(whyNotDecideRecuperation(demande, 'a')?.code).toBe('meme_personne')
  expect(whyNotDecideRecuperation({ ...demande, statut: 'accordee' }, 'b')?.code).toBe('recuperation_etat')
  expect(whyNotDecideRecuperation({ ...demande, expiree: true }, 'b')?.code).toBe('recuperation_etat')
})
