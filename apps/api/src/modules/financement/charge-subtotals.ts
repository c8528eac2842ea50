import type { FinanceurNature } from '@pass/domain/conventions.ts'
import { financeurCle, type FinanceurToCharge, financeurOfCle, splitCharge } from '@pass/domain/financement.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { post, type Transfer } from '../comptabilite/public.ts'

/** A handler's context fits, and a job's. */
type Charging = Pick<JobCtx, 'db' | 'actor' | 'now' | 'today'>

/** What waits to be charged of one convention: its subtotals without what was carried (charged already) and without fees. */
type Batch = { convention_id: string; bordereaux: string[]; mois: string; pass: number; montant: bigint; derogation: bigint }
type Cle = {
  collectivite_id: string
  convention_id: string
  collectivite: string
  rang: number | null
  financeur_id: string | null
  nature: FinanceurNature
  nom: string
  cle_bp: number
  plafond_centimes: bigint | null
  est_repli: boolean
}
type Financeur = FinanceurToCharge & { cle: string; rang: number; financeurId: string | null; nom: string }
type Convention = { collectiviteId: string; conventionId: string; financeurs: Financeur[] }

const conventionsOf = async ({ db, actor }: Charging, bordereauIds: readonly string[]): Promise<string[]> => {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select distinct convention_id as id from bordereau_convention
     where operateur_id = ${actor.organisationId}::uuid and bordereau_id = any(${[...bordereauIds]}::uuid[]) and charge_at is null`
  return rows.map(({ id }) => id)
}

/** What each financeur was charged by its key so far, read under the lock. */
const chargedOf = async ({ db, actor }: Charging, conventionIds: readonly string[]): Promise<Map<string, number>> => {
  const rows = await db.$queryRaw<{ convention_id: string; cle: string; deja: bigint }[]>`
    select convention_id, cle, sum(montant_centimes - derogation_centimes)::bigint as deja from partage_part
     where operateur_id = ${actor.organisationId}::uuid and convention_id = any(${[...conventionIds]}::uuid[]) group by 1, 2`
  return new Map(rows.map(({ convention_id, cle, deja }) => [`${convention_id} ${cle}`, Number(deja)]))
}

/** The collectivité itself, for what only it pays, where the convention does not name it. */
const collectiviteOf = ({ collectivite }: Cle, rang: number): Financeur => ({
  cle: financeurCle({ financeurId: null, nature: 'collectivite', nom: collectivite }),
  rang,
  financeurId: null,
  nature: 'collectivite',
  nom: collectivite,
  cleBp: 0,
  plafondCentimes: null,
  dejaCentimes: 0,
  estRepli: false,
})

const toFinanceur = (row: Cle, deja: Map<string, number>): Financeur => {
  const cle = financeurCle({ financeurId: row.financeur_id, nature: row.nature, nom: row.nom })
  return {
    cle,
    rang: row.rang!,
    financeurId: financeurOfCle(cle),
    nature: row.nature,
    nom: row.nom,
    cleBp: row.cle_bp,
    plafondCentimes: row.plafond_centimes === null ? null : Number(row.plafond_centimes),
    dejaCentimes: deja.get(`${row.convention_id} ${cle}`) ?? 0,
    estRepli: row.est_repli,
  }
}

/** The conventions, locked until the end of the transaction, with their financeurs of today. */
const lockConventions = async (ctx: Charging, conventionIds: readonly string[]): Promise<Convention[]> => {
  const cles = await ctx.db.$queryRaw<Cle[]>`select * from lock_cles(${[...conventionIds]}::uuid[])`
  const deja = await chargedOf(ctx, conventionIds)
  return [...Map.groupBy(cles, ({ convention_id }) => convention_id)].map(([conventionId, rows]) => {
    const financeurs = rows.filter(({ rang }) => rang !== null).map((row) => toFinanceur(row, deja))
    const named = financeurs.some(({ nature }) => nature === 'collectivite')
    const [first] = rows
    return {
      collectiviteId: first!.collectivite_id,
      conventionId,
      financeurs: named ? financeurs : [...financeurs, collectiviteOf(first!, financeurs.length + 1)],
    }
  })
}

const batchesOf = ({ db, actor }: Charging, conventionIds: readonly string[]): Promise<Batch[]> =>
  db.$queryRaw<Batch[]>`
    with attente as materialized (
      select s.organisation_id, s.bordereau_id, s.collectivite_id, s.convention_id, s.pass, s.montant_centimes, b.mois
        from bordereau_convention s join bordereau b on b.organisation_id = s.organisation_id and b.id = s.bordereau_id
       where s.operateur_id = ${actor.organisationId}::uuid and s.convention_id = any(${[...conventionIds]}::uuid[]) and s.charge_at is null),
    hors as (
      select l.convention_id, sum(l.montant_centimes) montant
        from bordereau_ligne l join attente a on a.organisation_id = l.organisation_id and a.bordereau_id = l.bordereau_id and a.convention_id = l.convention_id
       where l.nature in ('report', 'frais') group by 1),
    derogation as (
      select r.convention_id, sum(r.montant_centimes) montant
        from carnet c join redemption r on r.collectivite_id = c.collectivite_id and r.carnet_id = c.id and r.statut <> 'annulee'
        join attente a on a.organisation_id = r.structure_id and a.bordereau_id = r.bordereau_id and a.convention_id = r.convention_id
       where c.derogation_id is not null and c.convention_id = any(${[...conventionIds]}::uuid[]) group by 1),
    retenue as (
      select i.convention_id, sum(i.montant_centimes) montant
        from incident i join attente a on a.organisation_id = i.organisation_id and a.bordereau_id = i.bordereau_id and a.convention_id = i.convention_id
        join redemption r on r.collectivite_id = i.collectivite_id and r.id = i.redemption_id
        join carnet c on c.collectivite_id = r.collectivite_id and c.id = r.carnet_id
       where c.derogation_id is not null group by 1)
    select a.convention_id, array_agg(a.bordereau_id) as bordereaux, max(a.mois) as mois, sum(a.pass)::int as pass,
           (sum(a.montant_centimes) - coalesce(min(h.montant), 0))::bigint as montant, (coalesce(min(d.montant), 0) - coalesce(min(i.montant), 0))::bigint as derogation
      from attente a left join hors h using (convention_id) left join derogation d using (convention_id) left join retenue i using (convention_id)
     group by a.convention_id`

type Split = { batch: Batch; convention: Convention; parts: (Financeur & { montantCentimes: number; derogationCentimes: number })[] }

/** Null when more was withheld than used: it waits for the next closing, whole. */
const split = (batch: Batch, convention: Convention): Split | null => {
  const derogationCentimes = Number(batch.derogation)
  const montantCentimes = Number(batch.montant) - derogationCentimes
  if (montantCentimes < 0 || derogationCentimes < 0) return null
  const parts = splitCharge({ montantCentimes, derogationCentimes }, convention.financeurs)
  return { batch, convention, parts: convention.financeurs.map((one, rank) => ({ ...one, ...parts[rank]! })) }
}

const writePartage = async (ctx: Charging, { batch, convention, parts }: Split): Promise<Transfer[]> => {
  const { collectiviteId, conventionId } = convention
  const operateurId = ctx.actor.organisationId
  const owners = { collectiviteId, conventionId, operateurId }
  const shared = { mois: batch.mois, pass: batch.pass, at: ctx.now }
  const { id } = await ctx.db.partage.create({
    data: { ...owners, ...shared, montantCentimes: batch.montant, derogationCentimes: batch.derogation },
    select: { id: true },
  })
  // a financeur that the key forgets and that pays nothing has no part
  const rows = parts.filter(({ cleBp, montantCentimes }) => cleBp > 0 || montantCentimes > 0)
  await ctx.db.partagePart.createMany({
    data: rows.map(({ cle, rang, financeurId, nature, nom, cleBp, plafondCentimes, montantCentimes, derogationCentimes }) => ({
      ...owners,
      ...shared,
      partageId: id,
      cle,
      rang,
      financeurId,
      nature,
      nom,
      cleBp,
      plafondCentimes,
      montantCentimes,
      derogationCentimes,
    })),
  })
  await ctx.db
    .$queryRaw`select mark_charged(${operateurId}::uuid, ${conventionId}::uuid, ${batch.bordereaux}::uuid[], ${id}::uuid, ${ctx.now})`
  return rows
    .filter(({ montantCentimes }) => montantCentimes > 0)
    .map(({ cle, montantCentimes }) => ({ ...owners, motif: 'charge', montantCentimes, objetId: id, financeurCle: cle }))
}

/**
 * Charges the financeurs with the used pass of closed bordereaux: one split a convention, over all its subtotals not charged yet, by
 * the operator that closed them. Called again after a stop, it takes what is left; two at once follow each other.
 */
export const chargeSubtotals = async (ctx: Charging, bordereauIds: readonly string[]): Promise<void> => {
  const conventionIds = await conventionsOf(ctx, bordereauIds)
  if (conventionIds.length === 0) return
  const conventions = new Map((await lockConventions(ctx, conventionIds)).map((one) => [one.conventionId, one]))
  const transfers: Transfer[] = []
  for (const batch of await batchesOf(ctx, conventionIds)) {
    const done = split(batch, conventions.get(batch.convention_id)!)
    if (!done) continue
    if (batch.montant > 0n) transfers.push(...(await writePartage(ctx, done)))
    // nothing of it is the financeurs': a carried transfer alone
    else
      await ctx.db
        .$queryRaw`select mark_charged(${ctx.actor.organisationId}::uuid, ${batch.convention_id}::uuid, ${batch.bordereaux}::uuid[], null, ${ctx.now})`
  }
  if (transfers.length > 0) await post(ctx, transfers)
}
