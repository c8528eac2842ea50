import type { Mutant } from './catalogue.ts'

const ATELIERS = 'apps/api/src/modules/ateliers'
const REDEEM = `${ATELIERS}/redeem-pass.test.ts`
const REFUSALS = `${ATELIERS}/redeem-refusals.test.ts`
const RACE = `${ATELIERS}/redeem-race.test.ts`
const BAD_INPUT = `${ATELIERS}/counter-bad-input.test.ts`
const UNDO = `${ATELIERS}/undo-redemption.test.ts`

const decide = (name: string, from: string, to: string, tests: readonly string[] = [REFUSALS]): Mutant => ({
  name,
  sql: { function: 'pass_decide', from, to },
  tests,
})
const redeem = (name: string, from: string, to: string, tests: readonly string[] = [REDEEM]): Mutant => ({
  name,
  sql: { function: 'redeem', from, to },
  tests,
})
const undo = (name: string, from: string, to: string): Mutant => ({ name, sql: { function: 'undo', from, to }, tests: [UNDO] })

/** What a pass is worth, to whom, once: the SQL of the counter. */
export const REDEMPTION: readonly Mutant[] = [
  decide('a wrong code opens the pass it points at', 't.id is null or t.lookup <> d.lookup', 't.id is null', [BAD_INPUT]),
  decide('a blocked carnet pays', "c.statut = 'bloque' then 'carnet_bloque'", "false then 'carnet_bloque'"),
  decide('a carnet not active pays', "c.activation_id is null then 'pas_actif'", "false then 'pas_actif'"),
  decide('a carnet not handed over pays', "c.statut not in ('remis', 'expire')", "c.statut not in ('remis', 'expire', 'attribue')"),
  decide('the last day of the tolerance is refused', 'p_jour > c.date_fin + v.tolerance_jours', 'p_jour >= c.date_fin + v.tolerance_jours'),
  decide('the tolerance lasts one day more', 'p_jour > c.date_fin + v.tolerance_jours', 'p_jour > c.date_fin + v.tolerance_jours + 1'),
  decide('the pass already used at the atelier are not counted', 'p.deja_ici + p.rang_personne', 'p.rang_personne'),
  decide('the pass of the half day are not counted', 'p.deja_demi_journee + p.rang_personne', 'p.rang_personne'),
  decide('one seat too many', 'p.nouvelles > i.places', 'p.nouvelles > i.places + 1'),
  decide(
    'the list of lieux of the convention is not read',
    "v.lieux_admis = 'liste' and not exists",
    "v.lieux_admis = 'none' and not exists",
  ),
  redeem(
    'one transfer for the dearest pass instead of the sum',
    "sum(d.montant_centimes), 'utilisation'",
    "max(d.montant_centimes), 'utilisation'",
  ),
  redeem('the carnets are not locked', 'order by c.id for no key update of c;', 'order by c.id;', [RACE]),
  redeem('the twin of a key does the act again', "if k.issue = 'rejoue' then", 'if false then'),
  undo('an act is undone after 24 hours', "p_now - interval '24 hours'", "p_now - interval '240 hours'"),
  undo('an act is undone once in a bordereau', "bool_or(r.statut in ('en_bordereau', 'payee'))", 'false'),
  undo(
    'the pass stays used when its act is undone',
    "update pass p set statut = 'neuf' from annule x",
    'update pass p set statut = p.statut from annule x',
  ),
]
