import type { Mutant } from './catalogue.ts'

const MODULES = 'apps/api/src/modules'
const COMPTES = `${MODULES}/comptabilite/comptes.test.ts`
const LIVRES = `${MODULES}/comptabilite/livres.test.ts`
const CLOSE = `${MODULES}/remboursements/close-periode.test.ts`
const ACTIVATE = `${MODULES}/commandes/activate-carnets.test.ts`
const OPPOSE = `${MODULES}/distribution/oppositions.test.ts`
const CHARGE = `${MODULES}/financement/charge-subtotals.test.ts`
const CLOSE_LOT = `${MODULES}/echeances/close-lot.test.ts`

/** The ledger, who finances, what lapses. */
export const MONEY: readonly Mutant[] = [
  {
    name: 'a balance follows the biggest transfer of a batch only',
    sql: { function: 'transfer_balances', from: 'sum(montant) delta', to: 'max(montant) delta' },
    tests: [CLOSE, COMPTES, ACTIVATE],
  },
  { name: 'a guarded account goes below zero', statement: 'alter table account drop constraint account_garde', tests: [COMPTES, ACTIVATE] },
  {
    name: 'a transfer can be rewritten',
    statement: 'drop trigger refuse_change on transfer',
    tests: [COMPTES, 'apps/api/test/walks/leaks.test.ts'],
  },
  { name: 'a transfer enters a closed month', statement: 'drop trigger refuse_closed_month on transfer', tests: [LIVRES] },
  {
    name: 'an operator takes the number of the one before',
    sql: { function: 'next_number', from: 'return v - p_combien + 1', to: 'return v - p_combien' },
    tests: [CLOSE],
  },
  {
    name: 'a cancelled carnet credits one pass too many',
    sql: { function: 'credit_pass', from: 'p_centimes, ', to: 'p_centimes + 1000, ' },
    tests: [OPPOSE],
  },
  {
    name: 'a cap forgets what was charged before',
    source: { file: 'packages/domain/src/financement.ts', from: 'Math.max(0, plafondCentimes - dejaCentimes)', to: 'plafondCentimes' },
    tests: [CHARGE, 'packages/domain/src/financement.test.ts'],
  },
  {
    name: 'two closings take the last euros of a cap',
    sql: { function: 'lock_cles', from: 'order by a.collectivite_id, a.id for no key update;', to: 'order by a.collectivite_id, a.id;' },
    tests: [CHARGE],
  },
  {
    name: 'a derogation is shared by the key',
    source: { file: 'packages/domain/src/financement.ts', from: 'rank === collectivite ? derogationCentimes : 0', to: '0' },
    tests: [CHARGE, 'packages/domain/src/financement.test.ts'],
  },
  {
    name: 'a closed lot credits one pass less',
    source: {
      file: `${MODULES}/echeances/close-lot.ts`,
      from: 'montantCentimes: pass * valeur,',
      to: 'montantCentimes: (pass - 1) * valeur,',
    },
    tests: [CLOSE_LOT],
  },
]
