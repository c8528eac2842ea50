import type { Echeancier } from '@pass/contracts/du.ts'
import { acceptableAt } from '@pass/domain/comptes-bancaires.ts'
import { addMonths } from '@pass/domain/days.ts'
import { attenteOf, type Groupe, groupsOf, nextTransferOf, type Situation } from '@pass/domain/du.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { reachSql } from '../../platform/reach.ts'
import { type Structure, structureOf } from './compte-etat.ts'
import { datesSql, situationSql, suiteOf, usesSql } from './du-sql.ts'

type Row = {
  situation: Situation
  mois: string
  semaine: number | null
  arrete_le: string | null
  transmis_le: string | null
  pass: number
  montant: bigint
}

/**
 * What waits, by what it shows. In a bordereau the amount is what the bordereau pays (its incidents withheld, what it carries added);
 * before, it is the uses'.
 */
export const attentesOf = async (ctx: Ctx, structure: Structure): Promise<Groupe[]> => {
  const rows = await ctx.db.$queryRaw<Row[]>`
    with recursive ${suiteOf(ctx)},
    usages as (
      select ${situationSql(ctx)} situation, ${datesSql}, f.id bordereau, f.montant_centimes net, r.montant_centimes ${usesSql(ctx)} and r.statut <> 'payee')
    select situation, mois, semaine, arrete_le, transmis_le, count(*)::int pass, coalesce(min(net), sum(montant_centimes))::bigint montant
      from usages group by situation, mois, semaine, arrete_le, transmis_le, bordereau`
  return groupsOf(
    rows.map(({ arrete_le: arreteLe, transmis_le: transmisLe, pass, montant, ...row }) => ({
      ...attenteOf({ ...row, arreteLe, transmisLe }, structure, ctx.today),
      pass,
      montantCentimes: Number(montant),
    })),
  )
}

type Figures = { du: bigint; en_paiement: bigint; paye: bigint; retenues: bigint; delai: number | null; annees: number[] | null }

const figuresOf = async (ctx: Ctx): Promise<Figures> => {
  const depuis = addMonths(ctx.today, -12)
  const [row] = await ctx.db.$queryRaw<[Figures]>`
    with recursive ${suiteOf(ctx)}
    select coalesce((select sum(a.solde_centimes) from account a where ${reachSql(ctx, 'account', 'a')} and a.nature = 'du'), 0)::bigint du,
           coalesce((select sum(a.solde_centimes) from account a where ${reachSql(ctx, 'account', 'a')} and a.nature = 'en_paiement'), 0)::bigint en_paiement,
           coalesce((select sum(a.solde_centimes) from account a where ${reachSql(ctx, 'account', 'a')} and a.nature = 'paye'), 0)::bigint paye,
           coalesce((select sum(i.montant_centimes) from incident i where ${reachSql(ctx, 'incident', 'i')} and i.statut = 'approuve'), 0)::bigint retenues,
           (select percentile_disc(0.5) within group (order by f.date_banque - (r.at at time zone 'Europe/Paris')::date) ${usesSql(ctx)}
               and r.statut = 'payee' and f.date_banque >= ${depuis}::date)::int delai,
           (select array_agg(distinct extract(year from d.jour)::int) from bordereau b left join virement v on v.organisation_id = b.organisation_id and v.bordereau_id = b.id
             cross join lateral (values (b.date_banque), (v.revenu_le)) d(jour) where ${reachSql(ctx, 'bordereau', 'b')} and d.jour is not null) annees`
  return row
}

/** What the structure is owed: the next transfer first, what waits and why, then the figures. */
export const getEcheancier = async (ctx: Ctx): Promise<Echeancier> => {
  const structure = await structureOf(ctx)
  const attentes = await attentesOf(ctx, structure)
  const { du, en_paiement: enPaiement, paye, retenues, delai, annees } = await figuresOf(ctx)
  return {
    prochain: nextTransferOf(attentes),
    attentes,
    duCentimes: Number(du),
    enPaiementCentimes: Number(enPaiement),
    payeCentimes: Number(paye),
    retenuesCentimes: Number(retenues),
    compte: { etat: structure.compte, acceptableAt: structure.proposeAt && acceptableAt(structure.proposeAt).toISOString() },
    delaiMedianJours: delai,
    annees: (annees ?? []).toSorted((a, b) => b - a),
    regie: structure.regie,
  }
}

/** How many uses nobody has paid nor sent to the bank yet. */
const passOf = async (ctx: Ctx): Promise<number> => {
  const [row] = await ctx.db.$queryRaw<[{ n: number }]>`
    with recursive ${suiteOf(ctx)} select count(*)::int n ${usesSql(ctx)} and r.statut <> 'payee' ${sql`and (f.id is null or f.statut <> 'transmis')`}`
  return row.n
}

/** The same in short, for the first page: the nearest date, else the most blocking reason. A use of today leaves with those of its month. */
export const getMonDu = async (ctx: Ctx) => {
  const structure = await structureOf(ctx)
  const attentes = await attentesOf(ctx, structure)
  const { du, en_paiement: enPaiement, paye } = await figuresOf(ctx)
  const blocked = attentes.find(({ raison }) => raison !== null)?.raison ?? null
  const date = nextTransferOf(attentes)?.date ?? null
  const annulable = attenteOf(
    { situation: 'a_payer', mois: ctx.today.slice(0, 7), semaine: null, arreteLe: null, transmisLe: null },
    structure,
    ctx.today,
  )
  return {
    aPayerCentimes: Number(du),
    aPayerPass: await passOf(ctx),
    enCoursCentimes: Number(enPaiement),
    payeCentimes: Number(paye),
    prochainVirement: date ?? (blocked === 'delai_annulation' ? annulable.date : null),
    raison: date !== null || blocked === 'delai_annulation' ? null : (blocked ?? annulable.raison),
  }
}
