import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  approvalsNeeded,
  BORDEREAU_STATUTS,
  raisonNonPaye,
  RAISONS_NON_PAYE,
  sepaText,
  whyNotApprove,
  whyNotBordereau,
  whyNotCheck,
  whyNotRelease,
  type BordereauAction,
} from './bordereaux.ts'
import { ACCOUNT_NATURES, isGuarded, isPerStructure, TRANSFER_MOVES } from './comptes.ts'
import { formatIban, isIban, maskIban, whyNotIban } from './iban.ts'

const IBAN = 'FR1420041010050500013M02606'

test.each([
  ['close', ['ouvert']],
  ['check', ['arrete']],
  ['approve', ['controle']],
  ['release', ['approuve']],
  ['pay', ['transmis']],
  ['reject', ['transmis']],
  ['sendBack', ['paye']],
] as [BordereauAction, string[]][])('%s starts from %j only', (action, from) => {
  expect(BORDEREAU_STATUTS.filter((statut) => !whyNotBordereau(action, statut))).toEqual(from)
})
const STEPS = { arretePar: 'f1', controlePar: 'f1', approuvePar: 'f2' }
test.each([
  ['f1', null],
  ['f2', null],
])('%s checks what f1 closed', (acteur, code) => {
  expect(whyNotCheck({ statut: 'arrete', arretePar: 'f1', controlePar: null, approuvePar: null, acteur })?.code ?? null).toBe(code)
})
test.each([
  ['f1', 'meme_personne'],
  ['f2', null],
])('%s approves what f1 prepared: %s', (acteur, code) => {
  expect(whyNotApprove({ statut: 'controle', ...STEPS, approuvePar: null, acteur })?.code ?? null).toBe(code)
})
test.each([
  ['f1', 'meme_personne'],
  ['f2', 'meme_personne'],
  ['f3', null],
])('%s releases what f1 prepared and f2 approved: %s', (acteur, code) => {
  expect(whyNotRelease({ statut: 'approuve', ...STEPS, acteur }, { montantCentimes: 1000 })?.code ?? null).toBe(code)
})
test('a large amount waits for its second approval, from a third person (D47)', () => {
  const seuilsCentimes = [0, 1_000_000]
  const release = (approuvePar: string[], montantCentimes = 1_200_000) =>
    whyNotRelease({ statut: 'approuve', ...STEPS, approuvePar, acteur: 'f9' }, { montantCentimes, seuilsCentimes })
  expect(release(['f2'])?.code).toBe('approbation_manquante')
  expect(release(['f2', 'f2'])?.code).toBe('approbation_manquante')
  expect(release(['f2', 'f4'])).toBeNull()
  expect(release(['f2'], 999_999)).toBeNull()
  expect(whyNotApprove({ statut: 'controle', ...STEPS, approuvePar: ['f2'], acteur: 'f2' })?.code).toBe('meme_personne')
  expect([0, 999_999, 1_000_000].map((montant) => approvalsNeeded(montant, seuilsCentimes))).toEqual([1, 1, 2])
})
test('nothing is released before it is approved', () => {
  expect(whyNotRelease({ statut: 'controle', ...STEPS, approuvePar: null, acteur: 'f3' }, { montantCentimes: 1 })?.code).toBe(
    'approbation_manquante',
  )
  expect(whyNotRelease({ statut: 'transmis', ...STEPS, acteur: 'f3' }, { montantCentimes: 1 })?.code).toBe('bordereau_statut')
})

const PAYABLE = { contestee: false, compte: 'accepte', annulable: false } as const
test.each([
  [{}, 'prochain_bordereau'],
  [{ annulable: true }, 'delai_annulation'],
  [{ compte: 'aucun' as const, annulable: true }, 'compte_absent'],
  [{ compte: 'en_verification' as const }, 'iban_en_verification'],
  [{ compte: 'rejete' as const }, 'virement_rejete'],
  [{ suspendue: true }, 'lieu_suspendu'],
  [{ contestee: true, compte: 'aucun' as const }, 'ligne_contestee'],
])('unpaid with %j, the one reason is %s', (facts, raison) => {
  expect(raisonNonPaye({ ...PAYABLE, ...facts })).toBe(raison)
  expect(RAISONS_NON_PAYE).toContain(raison)
})

test.each([
  ['Médiathèque de l’Étoile – Guéret', "Mediatheque de l'Etoile - Gueret"],
  ['Cœur & Numérique', 'Coeur + Numerique'],
  ['Straße ø', 'Strasse o'],
  ['10 €', '10 EUR'],
  ['//a//b/', 'a/b'],
  ['日本  x', 'x'],
])('%s becomes %s for the bank', (text, sepa) => {
  expect(sepaText(text)).toBe(sepa)
})
test('whatever the text, the bank accepts it (A42)', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 140 }), (text, max) => {
      const sepa = sepaText(text, max)
      expect(sepa).toMatch(/^[a-zA-Z0-9/\-?:().,'+ ]*$/)
      expect(sepa.length).toBeLessThanOrEqual(max)
      expect(sepa).not.toMatch(/^[/ ]|[/ ]$|\/\//)
      expect(sepaText(sepa, max)).toBe(sepa)
    }),
    { numRuns: 500 },
  )
})

test.each([
  [IBAN, true],
  ['FR14 2004 1010 0505 0001 3M02 606', true],
  ['fr14-2004-1010-0505-0001-3m02-606', true],
  ['FR14 2004 1010 0505 0001 3M02 607', false],
  ['FR14', false],
  ['', false],
])('%s is an IBAN: %s', (text, is) => {
  expect(isIban(text)).toBe(is)
  expect(whyNotIban(text)?.code ?? null).toBe(is ? null : 'iban_invalide')
})
test('an IBAN prints in groups, and shows only its ends', () => {
  expect(formatIban(IBAN).replaceAll('\u00a0', ' ')).toBe('FR14 2004 1010 0505 0001 3M02 606')
  expect(maskIban(IBAN).replaceAll('\u00a0', ' ')).toBe('FR14 •••• •••• 2606')
})

test('money moves only between two accounts, and every guarded one is filled by some move', () => {
  for (const { de, vers } of Object.values(TRANSFER_MOVES)) expect(de).not.toBe(vers)
  const filled = new Set(Object.values(TRANSFER_MOVES).map(({ vers }) => vers))
  expect(ACCOUNT_NATURES.filter((nature) => isGuarded(nature) && !filled.has(nature))).toEqual([])
  expect(ACCOUNT_NATURES.filter((nature) => !isGuarded(nature))).toEqual(['payeur', 'paye', 'credite', 'charge', 'recu'])
  expect(ACCOUNT_NATURES.filter(isPerStructure)).toEqual(['du', 'en_paiement', 'paye'])
})
