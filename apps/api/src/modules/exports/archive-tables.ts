import { ARCHIVE_TABLES, type ArchiveTable } from '@pass/domain/archives.ts'
import { type Sql, sql } from '../../platform/db.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { reachSql } from '../../platform/reach.ts'

/** Rows held in memory at a time. */
const PAGE = 2_000

const at = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
const instant = { transfer: sql([at('t.at')]), activation: sql([at('a.at')]) }

/** The lot is known by its commande's reference: one lot a commande. Counted from the carnets and pass themselves. */
const LOTS = (ctx: JobCtx) => sql`
  select m.reference lot, v.reference convention, l.date_fin, l.valeur_faciale_centimes, l.serie_premiere, l.serie_derniere, l.quantite,
         coalesce(c.carnets, 0) carnets, coalesce(c.actifs, 0) carnets_actifs, coalesce(c.utilises, 0) pass_utilises, coalesce(c.neufs, 0) pass_neufs, coalesce(c.annules, 0) pass_annules
    from lot l join commande m on m.collectivite_id = l.collectivite_id and m.id = l.commande_id
    join convention v on v.collectivite_id = l.collectivite_id and v.id = l.convention_id
    left join (select k.lot_id, count(*) carnets, count(k.activation_id) actifs, sum(p.utilises) utilises, sum(p.neufs) neufs, sum(p.annules) annules
                 from carnet k join ${PASS(ctx)} p on p.carnet_id = k.id where ${reachSql(ctx, 'carnet', 'k')} group by k.lot_id) c on c.lot_id = l.id
   where ${reachSql(ctx, 'lot', 'l')} order by m.reference`

const PASS = (
  ctx: JobCtx,
) => sql`(select p.carnet_id, count(*) filter (where p.statut = 'utilise') utilises, count(*) filter (where p.statut = 'neuf') neufs,
    count(*) filter (where p.statut = 'annule') annules from pass p where ${reachSql(ctx, 'pass', 'p')} group by p.carnet_id)`

const CARNETS = (ctx: JobCtx) => sql`
  select c.serie, m.reference lot, c.statut, case when c.activation_id is null then 'non' else 'oui' end actif, c.date_fin,
         (c.remis_at at time zone 'Europe/Paris')::date date_remise, p.utilises pass_utilises, p.neufs pass_neufs, p.annules pass_annules
    from carnet c join lot l on l.collectivite_id = c.collectivite_id and l.id = c.lot_id
    join commande m on m.collectivite_id = l.collectivite_id and m.id = l.commande_id
    join ${PASS(ctx)} p on p.carnet_id = c.id
   where ${reachSql(ctx, 'carnet', 'c')} order by c.serie`

const UTILISATIONS = (ctx: JobCtx) => sql`
  select r.public_id utilisation_id, r.date_atelier date, r.acte_id, v.reference convention, c.serie, r.structure_id, r.atelier_id, r.montant_centimes, r.statut, r.bordereau_id
    from redemption r join convention v on v.collectivite_id = r.collectivite_id and v.id = r.convention_id
    join carnet c on c.collectivite_id = r.collectivite_id and c.id = r.carnet_id
   where ${reachSql(ctx, 'redemption', 'r')} order by r.id`

const ECRITURES = (ctx: JobCtx) => sql`
  select row_number() over (order by t.id) ecriture, ${instant.transfer} at, v.reference convention, d.code de, a.code vers, t.montant_centimes, t.motif, t.objet_id
    from transfer t join convention v on v.collectivite_id = t.collectivite_id and v.id = t.convention_id
    join ${CODES(ctx)} d on d.id = t.de_id join ${CODES(ctx)} a on a.id = t.vers_id
   where ${reachSql(ctx, 'transfer', 't')} order by t.id`

/** Accounts have no public id: numbered here, the same way wherever they are named. */
const CODES = (ctx: JobCtx) =>
  sql`(select x.id, 'C' || row_number() over (order by x.id) code from account x where ${reachSql(ctx, 'account', 'x')})`

const COMPTES = (ctx: JobCtx) => sql`
  select n.code compte, v.reference convention, a.nature, a.structure_id, o.nom structure, a.financeur_cle, a.solde_centimes
    from account a join ${CODES(ctx)} n on n.id = a.id
    join convention v on v.collectivite_id = a.collectivite_id and v.id = a.convention_id
    left join organisation o on o.id = a.structure_id
   where ${reachSql(ctx, 'account', 'a')} order by a.id`

const BORDEREAUX = (ctx: JobCtx) => sql`
  select b.bordereau_id, b.reference, v.reference convention, b.organisation_id structure_id, b.operateur_id, b.mois, b.semaine, b.statut, c.pass, c.montant_centimes,
         case when c.charge_at is null then 'non' else 'oui' end charge, b.virement, b.virement_statut, b.date_banque, b.report_id
    from bordereau_convention c join bordereaux_suivis() b on b.organisation_id = c.organisation_id and b.bordereau_id = c.bordereau_id
    join convention v on v.collectivite_id = c.collectivite_id and v.id = c.convention_id
   where ${reachSql(ctx, 'bordereau_convention', 'c')} order by b.reference, b.operateur_id, v.reference`

/** Owed and being paid, by structure and convention: the accounts that are not at zero. */
const DUS = (ctx: JobCtx) => sql`
  select v.reference convention, a.structure_id, o.nom structure, o.siret, coalesce(max(u.pass), 0) pass,
         coalesce(sum(a.solde_centimes) filter (where a.nature = 'du'), 0) du_centimes, coalesce(sum(a.solde_centimes) filter (where a.nature = 'en_paiement'), 0) en_paiement_centimes
    from account a join convention v on v.collectivite_id = a.collectivite_id and v.id = a.convention_id
    join organisation o on o.id = a.structure_id
    left join (select r.convention_id, r.structure_id, count(*) pass from redemption r where ${reachSql(ctx, 'redemption', 'r')} and r.statut not in ('annulee', 'payee')
                group by 1, 2) u on u.convention_id = a.convention_id and u.structure_id = a.structure_id
   where a.nature in ('du', 'en_paiement') and ${reachSql(ctx, 'account', 'a')}
   group by v.reference, a.structure_id, o.nom, o.siret having sum(a.solde_centimes) > 0 order by v.reference, o.nom, a.structure_id`

const FINANCING = {
  partages: (ctx: JobCtx) => sql`
    select p.partage_id, v.reference convention, p.mois, p.cle, p.nature, p.nom, p.pass, p.montant_centimes
      from partage_part p join convention v on v.collectivite_id = p.collectivite_id and v.id = p.convention_id
     where ${reachSql(ctx, 'partage_part', 'p')} order by v.reference, p.partage_id, p.rang`,
  appels: (ctx: JobCtx) => sql`
    select a.id appel_id, a.numero, v.reference convention, a.cle, a.nature, a.nom, a.statut, a.periode_debut, a.periode_fin, a.pass, a.part_centimes, a.avance_centimes, a.montant_centimes
      from appel_fonds a join convention v on v.collectivite_id = a.collectivite_id and v.id = a.convention_id
     where ${reachSql(ctx, 'appel_fonds', 'a')} order by v.reference, a.id`,
  avances: (ctx: JobCtx) => sql`
    select v.reference convention, a.cle, a.nom, a.montant_centimes, a.reference, a.date_versement
      from avance a join convention v on v.collectivite_id = a.collectivite_id and v.id = a.convention_id
     where ${reachSql(ctx, 'avance', 'a')} order by v.reference, a.date_versement, a.id`,
}

const QUERIES: Record<ArchiveTable, (ctx: JobCtx) => Sql> = {
  organisations: (ctx) => sql`
    select o.id organisation_id, o.type, o.nom, o.siret from organisation o where o.id in (
      select x.structure_id from account x where ${reachSql(ctx, 'account', 'x')} and x.structure_id is not null
      union select x.operateur_id from convention x where ${reachSql(ctx, 'convention', 'x')} union select ${ctx.actor.organisationId}::uuid) order by o.type, o.nom, o.id`,
  conventions: (ctx) => sql`
    select v.reference convention, v.nom, v.statut, v.date_debut, v.date_fin, v.montant_centimes, v.valeur_faciale_centimes, v.version, v.operateur_id
      from convention v where ${reachSql(ctx, 'convention', 'v')} order by v.reference`,
  financeurs: (ctx) => sql`
    select v.reference convention, f.rang, f.nature, f.nom, f.cle_bp, f.plafond_centimes, case when f.est_repli then 'oui' else 'non' end est_repli
      from convention_financeur f join convention v on v.collectivite_id = f.collectivite_id and v.id = f.convention_id
     where ${reachSql(ctx, 'convention_financeur', 'f')} order by v.reference, f.rang`,
  encaissements: (ctx) => sql`
    select v.reference convention, e.date_reception, e.montant_centimes, e.frais_centimes, e.reference_virement
      from encaissement e join convention v on v.collectivite_id = e.collectivite_id and v.id = e.convention_id
     where ${reachSql(ctx, 'encaissement', 'e')} order by v.reference, e.date_reception, e.id`,
  comptes: COMPTES,
  ecritures: ECRITURES,
  lots: LOTS,
  activations: (ctx) => sql`
    select m.reference lot, v.reference convention, ${instant.activation} at, a.serie_premiere, a.serie_derniere, a.carnets, a.montant_centimes, a.numero_mandat
      from activation a join commande m on m.collectivite_id = a.collectivite_id and m.id = a.commande_id
      join convention v on v.collectivite_id = a.collectivite_id and v.id = a.convention_id
     where ${reachSql(ctx, 'activation', 'a')} order by a.at, a.id`,
  carnets: CARNETS,
  utilisations: UTILISATIONS,
  bordereaux: BORDEREAUX,
  lignes: (ctx) => sql`
    select l.bordereau_id, v.reference convention, l.nature, l.montant_centimes, l.objet_id
      from bordereau_ligne l join convention v on v.collectivite_id = l.collectivite_id and v.id = l.convention_id
     where ${reachSql(ctx, 'bordereau_ligne', 'l')} order by l.bordereau_id, l.id`,
  incidents: (ctx) => sql`
    select i.id incident_id, v.reference convention, i.structure_id, i.montant_centimes, i.statut, i.bordereau_id
      from (select *, organisation_id structure_id from incident) i join convention v on v.collectivite_id = i.collectivite_id and v.id = i.convention_id
     where ${reachSql(ctx, 'incident', 'i')} order by i.id`,
  creances: (ctx) => sql`
    select c.id creance_id, c.reference, v.reference convention, c.organisation_id structure_id, c.statut, c.pass, c.montant_centimes, c.montant_retenu_centimes retenu_centimes
      from creance c join convention v on v.collectivite_id = c.collectivite_id and v.id = c.convention_id
     where ${reachSql(ctx, 'creance', 'c')} order by c.reference, c.id`,
  avoirs: (ctx) => sql`
    select a.id avoir_id, a.numero, v.reference convention, a.date_emission, a.pass_expires, a.pass_annules, a.montant_centimes
      from avoir a join convention v on v.collectivite_id = a.collectivite_id and v.id = a.convention_id
     where ${reachSql(ctx, 'avoir', 'a')} order by a.numero, a.id`,
  ...FINANCING,
  dus: DUS,
}

/** The rows of a table, in the order of its columns, a page at a time: one query, never the whole of it in memory. */
export async function* pagesOf(ctx: JobCtx, table: ArchiveTable): AsyncGenerator<string[][]> {
  const cursor = sql([`archive_${table}`])
  const columns = sql([ARCHIVE_TABLES[table].map((column) => `q."${column}"::text`).join(', ')])
  await ctx.db.$executeRaw`declare ${cursor} no scroll cursor for select array[${columns}] ligne from (${QUERIES[table](ctx)}) q`
  for (;;) {
    const rows = await ctx.db.$queryRaw<{ ligne: (string | null)[] }[]>`fetch ${sql([String(PAGE)])} from ${cursor}`
    yield rows.map(({ ligne }) => ligne.map((cell) => cell ?? ''))
    if (rows.length < PAGE) break
  }
  await ctx.db.$executeRaw`close ${cursor}`
}
