import type { Mutant } from './catalogue.ts'

const MODULES = 'apps/api/src/modules/remboursements'
const CLOSE = `${MODULES}/close-periode.test.ts`
const LINES = `${MODULES}/close-lines.test.ts`
const RELEASE = `${MODULES}/release-selection.test.ts`
const RETOUR = `${MODULES}/import-retour.test.ts`
const RETURN = `${MODULES}/return-paid.test.ts`
const INCIDENTS = `${MODULES}/incidents.test.ts`
const COMPTE = `${MODULES}/compte-bancaire.test.ts`

/** From the closing to the bank and back. */
export const PAYMENTS: readonly Mutant[] = [
  {
    name: 'a use at the cut-off goes into the month before',
    source: {
      file: 'packages/domain/src/clotures.ts',
      from: "zonedInstant(avant, '00:00', PARIS)",
      to: "zonedInstant(avant, '00:01', PARIS)",
    },
    tests: [CLOSE, 'packages/domain/src/clotures.test.ts'],
  },
  {
    name: 'what the bank refused is carried twice',
    source: { file: `${MODULES}/due.ts`, from: "b.statut = 'rejete' and b.report_id is null", to: "b.statut = 'rejete'" },
    tests: [LINES],
  },
  {
    name: 'a rejected transfer is counted as paid',
    source: {
      file: `${MODULES}/settle-virements.ts`,
      from: "postAnswer(payer, pairs, 'rejet')",
      to: "postAnswer(payer, pairs, 'paiement')",
    },
    tests: [RETOUR],
  },
  {
    name: 'the uses of a rejected bordereau stay unpaid for ever',
    source: {
      file: `${MODULES}/settle-virements.ts`,
      from: 'await payRedemptions(payer, await carriedBy(payer, pairs))',
      to: 'await payRedemptions(payer, pairs)',
    },
    tests: [RETOUR, LINES],
  },
  {
    name: 'money that comes back after it was paid leaves its uses paid',
    source: { file: `${MODULES}/settle-virements.ts`, from: '  await unpayRedemptions(payer, await carriedBy(payer, pairs))\n', to: '' },
    tests: [RETURN],
  },
  {
    name: 'money that comes back leaves paid the uses that its bordereau carried',
    source: {
      file: `${MODULES}/settle-virements.ts`,
      from: 'await unpayRedemptions(payer, await carriedBy(payer, pairs))',
      to: 'await unpayRedemptions(payer, pairs)',
    },
    tests: [RETURN],
  },
  {
    name: 'what was sent back stays on the yearly statement as received',
    source: { file: `${MODULES}/du-releve.ts`, from: '-v.montant_centimes, -1,', to: 'v.montant_centimes, 1,' },
    tests: [RETURN],
  },
  {
    name: 'the day of a payment is forgotten when it comes back',
    statement: 'drop trigger keep_paid on bordereau',
    tests: [RETURN],
  },
  {
    name: 'a rejected account goes on being paid',
    source: { file: `${MODULES}/settle-virements.ts`, from: '  await refuseComptes(payer, pairs)\n', to: '' },
    tests: [RETOUR],
  },
  {
    name: 'a withheld incident goes to the operator',
    source: {
      file: `${MODULES}/post-bordereau.ts`,
      from: "row.nature === 'incident' ? ('incident' as const)",
      to: "row.nature === 'incident' ? ('frais_aval' as const)",
    },
    tests: [RELEASE, LINES, INCIDENTS],
  },
  {
    name: 'who asks for an incident decides it',
    source: { file: 'packages/domain/src/incidents.ts', from: 'demandePar === par', to: 'demandePar === null' },
    tests: [INCIDENTS, 'packages/domain/src/incidents.test.ts'],
  },
  {
    name: 'an account is accepted a day too early',
    source: { file: 'packages/domain/src/comptes-bancaires.ts', from: 'COMPTE_DELAI_HEURES = 72', to: 'COMPTE_DELAI_HEURES = 48' },
    tests: [COMPTE],
  },
  {
    name: 'two accounts of a structure are in force at once',
    statement: 'alter table compte_bancaire drop constraint compte_bancaire_histoire',
    tests: [COMPTE],
  },
]
