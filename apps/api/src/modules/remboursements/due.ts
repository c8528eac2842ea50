import type { RaisonNonPaye } from '@pass/domain/bordereaux.ts'
import { raisonNonPaye } from '@pass/domain/bordereaux.ts'
import { type Composition, composeBordereau, type Periode, periodeCutOff } from '@pass/domain/clotures.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { fraisOn } from '../comptabilite/public.ts'

export type DueCtx = Pick<JobCtx, 'db' | 'actor' | 'now' | 'today'>
type Compte = 'aucun' | 'en_verification' | 'accepte' | 'rejete'
type Part = { conventionId: string; collectiviteId: string; centimes: number }
type Row = {
  structure_id: string
  nom: string
  utilisations: (Part & { pass: number })[] | null
  reports: (Part & { bordereauId: string })[] | null
  retenues: (Part & { id: string })[] | null
  compte_id: string | null
  compte: Compte
  suspendue: boolean
  deja: boolean
}

/** What is due to a structure at the end of a period, what its bordereau would hold, and why it would wait. */
export type Due = Composition & {
  structure: { id: string; nom: string }
  /** The collectivité of each of its conventions. */
  collectivites: ReadonlyMap<string, string>
  compteId: string | null
  /** Null: it goes into a bordereau now. */
  raison: RaisonNonPaye | null
}
export type Ready = Due & { compteId: string }

/** Paid now: an accepted account, a label not suspended, no bordereau of the period yet, an amount that the period pays. */
export const isReady = (due: Due): due is Ready => due.raison === null && due.compteId !== null

type Scope = { periode: Periode; plancherCentimes: number | null; structureIds?: readonly string[] }

const among = (column: Sql, structureIds: readonly string[] | undefined) =>
  structureIds ? sql`and ${column} = any (${[...structureIds]}::uuid[])` : empty

const rowsOf = ({ db, actor }: DueCtx, { periode, structureIds }: Scope) => {
  const me = sql`${actor.organisationId}::uuid`
  return db.$queryRaw<Row[]>`
    with u as (
      select structure_id, jsonb_agg(jsonb_build_object('conventionId', convention_id, 'collectiviteId', collectivite_id, 'pass', n, 'centimes', centimes) order by convention_id) parts
        from (select structure_id, collectivite_id, convention_id, count(*)::int n, sum(montant_centimes) centimes from redemption
               where operateur_id = ${me} and statut = 'a_payer' and not a_examiner and at < ${periodeCutOff(periode)}::timestamptz ${among(sql`structure_id`, structureIds)}
               group by structure_id, collectivite_id, convention_id) x group by structure_id),
    r as (
      select b.organisation_id structure_id, jsonb_agg(jsonb_build_object('conventionId', c.convention_id, 'collectiviteId', c.collectivite_id, 'bordereauId', b.id,
               'centimes', c.montant_centimes) order by b.id, c.convention_id) parts
        from bordereau b join bordereau_convention c on c.organisation_id = b.organisation_id and c.bordereau_id = b.id
       where b.operateur_id = ${me} and b.statut = 'rejete' and b.report_id is null ${among(sql`b.organisation_id`, structureIds)} group by b.organisation_id),
    i as (
      select organisation_id structure_id, jsonb_agg(jsonb_build_object('conventionId', convention_id, 'collectiviteId', collectivite_id, 'id', id,
               'centimes', montant_centimes) order by decide_at, id) parts
        from incident where operateur_id = ${me} and statut = 'approuve' ${among(sql`organisation_id`, structureIds)} group by organisation_id),
    due as (select structure_id from u union select structure_id from r),
    compte as (
      select c.organisation_id, bool_or(c.statut = 'accepte') accepte, bool_or(c.statut in ('propose', 'controle')) propose, bool_or(c.statut = 'refuse') refuse
        from compte_bancaire c join due d on d.structure_id = c.organisation_id group by c.organisation_id)
    select d.structure_id, o.nom, u.parts utilisations, r.parts reports, i.parts retenues, a.id compte_id,
           case when c.accepte then 'accepte' when c.propose then 'en_verification' when c.refuse then 'rejete' else 'aucun' end compte,
           coalesce(f.statut = 'suspendu', false) suspendue, b.id is not null deja
      from due d join organisation o on o.id = d.structure_id
      left join u on u.structure_id = d.structure_id left join r on r.structure_id = d.structure_id left join i on i.structure_id = d.structure_id
      left join compte c on c.organisation_id = d.structure_id
      left join compte_bancaire a on a.organisation_id = d.structure_id and a.statut = 'accepte'
      left join labellisation f on f.organisation_id = d.structure_id
      left join bordereau b on b.organisation_id = d.structure_id and b.operateur_id = ${me} and b.mois = ${periode.mois} and b.semaine is not distinct from ${periode.semaine}::int
     order by o.nom, d.structure_id`
}

const raisonOf = (
  { compte, suspendue, deja }: Row,
  { montantCentimes }: Composition,
  plancherCentimes: number | null,
): RaisonNonPaye | null => {
  const raison = raisonNonPaye({ contestee: false, compte, suspendue, annulable: false })
  if (raison !== 'prochain_bordereau') return raison
  return deja || montantCentimes <= 0 || montantCentimes < (plancherCentimes ?? 0) ? raison : null
}

/** What each structure is owed for uses before the end of a period, in the order of the numbers they would take. */
export const dueAt = async (ctx: DueCtx, scope: Scope): Promise<Due[]> => {
  const { fraisAvalBp } = await fraisOn(ctx)
  const rows = await rowsOf(ctx, scope)
  return rows.map((row) => {
    const [utilisations, reports, retenues] = [row.utilisations ?? [], row.reports ?? [], row.retenues ?? []]
    const made = composeBordereau({ utilisations, reports, retenues, fraisAvalBp })
    return {
      ...made,
      structure: { id: row.structure_id, nom: row.nom },
      collectivites: new Map([...utilisations, ...reports].map(({ conventionId, collectiviteId }) => [conventionId, collectiviteId])),
      compteId: row.compte_id,
      raison: raisonOf(row, made, scope.periode.semaine === null ? null : scope.plancherCentimes),
    }
  })
}
