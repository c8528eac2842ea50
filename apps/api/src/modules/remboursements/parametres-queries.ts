import type { ParametresPaiement, Proposition } from '@pass/contracts/parametres-paiement.ts'
import { formatIban } from '@pass/domain/iban.ts'
import type { PropositionStatut } from '@pass/domain/parametres-paiement.ts'
import type { Ctx } from '../../platform/context.ts'
import { reachSql } from '../../platform/reach.ts'
import { knownParametres } from './parametres.ts'

const HISTORIQUE = 10

type Row = {
  id: string
  debiteur_nom: string
  debiteur_iban: string
  seuils: bigint[]
  plancher: bigint | null
  statut: PropositionStatut
  propose_par: string
  propose_at: Date
  decide_par: string | null
  decide_at: Date | null
}

const propositionsOf = (ctx: Ctx) => ctx.db.$queryRaw<Row[]>`
  select id, debiteur_nom, debiteur_iban, seuils_centimes seuils, plancher_hebdo_centimes plancher, statut, propose_par, propose_at, decide_par, decide_at
    from parametre_proposition where ${reachSql(ctx, 'parametre_proposition')} order by id desc limit ${HISTORIQUE + 1}::int`

const namesFor = async (ctx: Ctx, rows: readonly Row[]): Promise<(id: string) => string> => {
  const ids = [...new Set(rows.flatMap(({ propose_par, decide_par }) => (decide_par ? [propose_par, decide_par] : [propose_par])))]
  const names = await ctx.db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${ids}::uuid[])`
  const byId = new Map(names.map(({ id, nom }) => [id, nom]))
  return (id) => byId.get(id) ?? 'Une personne qui n’est plus membre'
}

const shown = (row: Row, nameOf: (id: string) => string): Proposition => ({
  id: row.id,
  debiteurNom: row.debiteur_nom,
  debiteurIban: formatIban(row.debiteur_iban),
  seuilsCentimes: row.seuils.map(Number),
  plancherHebdoCentimes: row.plancher === null ? null : Number(row.plancher),
  statut: row.statut,
  proposePar: { id: row.propose_par, nom: nameOf(row.propose_par) },
  proposeAt: row.propose_at.toISOString(),
  decidePar: row.decide_par && nameOf(row.decide_par),
  decideAt: row.decide_at && row.decide_at.toISOString(),
})

/** What is in force, what waits for a second person, and the last decisions. */
export const getParametresPaiement = async (ctx: Ctx): Promise<ParametresPaiement> => {
  const known = await knownParametres(ctx)
  const rows = await propositionsOf(ctx)
  const nameOf = await namesFor(ctx, rows)
  const waiting = rows.find(({ statut }) => statut === 'proposee')
  return {
    actuels: known && {
      debiteurNom: known.debiteur.nom,
      debiteurIban: formatIban(known.debiteur.iban),
      seuilsCentimes: [...known.seuilsCentimes],
      plancherHebdoCentimes: known.plancherHebdoCentimes,
    },
    enAttente: waiting ? shown(waiting, nameOf) : null,
    historique: rows
      .filter(({ statut }) => statut !== 'proposee')
      .slice(0, HISTORIQUE)
      .map((row) => shown(row, nameOf)),
  }
}
