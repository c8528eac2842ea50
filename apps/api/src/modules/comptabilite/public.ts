import type { Reste } from '@pass/domain/convention-fin.ts'
import { type AccountNature, isPerFinanceur, isPerStructure, TRANSFER_MOVES, type TransferMotif } from '@pass/domain/comptes.ts'
import { financeurOfCle } from '@pass/domain/financement.ts'
import type { Ctx } from '../../platform/context.ts'
import { reaches } from '../../platform/reach.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'

export { fraisOn } from './frais.ts'
export { runChecks, whyNotBalanced } from './controles.ts'
export { A_CREDITER, aCrediterOf, conventionsACrediter } from './retenues.ts'

/** Where the accounts of a convention are kept. */
export type Books = { collectiviteId: string; conventionId: string; operateurId: string }

/** One move of money. The motif says from which account to which; `structureId` names the structure's own accounts. */
export type Transfer = Books & {
  motif: TransferMotif
  montantCentimes: number
  /** What caused it: encaissement, activation, act, bordereau. */
  objetId: string
  structureId?: string
  /** Names the financeur's own accounts (circuit 2). */
  financeurCle?: string
}

const structureOf = (nature: AccountNature, structureId: string | undefined) => {
  if (!isPerStructure(nature)) return null
  if (!structureId) throw new Error(`an account ${nature} belongs to a structure`)
  return structureId
}

const financeurOf = (nature: AccountNature, financeurCle: string | undefined) => {
  if (!isPerFinanceur(nature)) return null
  if (!financeurCle) throw new Error(`an account ${nature} belongs to a financeur`)
  return financeurCle
}

/**
 * The only way money moves: appends transfers, in one statement; balances follow by trigger, a guarded account below 0 aborts.
 * Whoever calls checks first, and holds the lock of what it takes. Answers the ids of the transfers, in the order given.
 */
export const post = async (ctx: Pick<Ctx | JobCtx, 'db' | 'actor' | 'now'>, transfers: readonly Transfer[]): Promise<bigint[]> => {
  const rows = transfers.map(({ motif, structureId, financeurCle, ...row }) => {
    const { de, vers } = TRANSFER_MOVES[motif]
    return {
      ...row,
      motif,
      de,
      vers,
      deStructure: structureOf(de, structureId),
      versStructure: structureOf(vers, structureId),
      deFinanceur: financeurOf(de, financeurCle),
      versFinanceur: financeurOf(vers, financeurCle),
      structureId: structureId ?? null,
      financeurId: financeurCle ? financeurOfCle(financeurCle) : null,
    }
  })
  const posted = await ctx.db.$queryRaw<{ id: bigint }[]>`
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, financeur_id, objet_id, utilisateur_id, at)
    select t."collectiviteId", account_of(t."collectiviteId", t."conventionId", t."operateurId", t.de, t."deStructure", t."deFinanceur"),
           account_of(t."collectiviteId", t."conventionId", t."operateurId", t.vers, t."versStructure", t."versFinanceur"),
           t."montantCentimes", t.motif, t."conventionId", t."operateurId", t."structureId", t."financeurId", t."objetId", ${ctx.actor.utilisateurId}::uuid, ${ctx.now}
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ("collectiviteId" uuid, "conventionId" uuid, "operateurId" uuid, motif text,
        "montantCentimes" bigint, "objetId" uuid, "structureId" uuid, de text, vers text, "deStructure" uuid, "versStructure" uuid, "deFinanceur" text, "versFinanceur" text, "financeurId" uuid))
        with ordinality t("collectiviteId", "conventionId", "operateurId", motif, "montantCentimes", "objetId", "structureId", de, vers, "deStructure", "versStructure", "deFinanceur", "versFinanceur", "financeurId", rang)
     order by t.rang returning id`
  return posted.map(({ id }) => id)
}

/** Funds of a convention received and not yet activated, in centimes; null for who does not read them. */
export const fondsOf = async (ctx: Ctx, conventionId: string): Promise<number | null> => {
  // a financeur reads the accounts of its own share, never the funds
  if (!reaches(ctx, 'account') || ctx.actor.organisationType === 'financeur') return null
  const [row] = await ctx.db.$queryRaw<{ solde: bigint }[]>`
    select solde_centimes as solde from account where convention_id = ${conventionId}::uuid and nature = 'fonds'`
  return Number(row?.solde ?? 0)
}

/** The same, its account locked until the end of the transaction, for whoever is about to take from it: the operator of the convention. */
export const lockFonds = async (
  ctx: Pick<Ctx | JobCtx, 'db'>,
  { collectiviteId, conventionId }: Pick<Books, 'collectiviteId' | 'conventionId'>,
): Promise<number> => {
  const [row] = await ctx.db.$queryRaw<
    { solde: bigint | null }[]
  >`select lock_fonds(${collectiviteId}::uuid, ${conventionId}::uuid) as solde`
  return Number(row?.solde ?? 0)
}

/**
 * A collectivité takes out of the circulation the face value of pass that will never be used (cancelled, replaced): it waits to be
 * credited. The one move of money that a collectivité makes, through a function that can make no other.
 */
export const creditPass = async (
  { db, actor, now }: Ctx,
  { conventionId, operateurId, montantCentimes, objetId }: Omit<Books, 'collectiviteId'> & { montantCentimes: number; objetId: string },
): Promise<void> => {
  await db.$queryRaw`select credit_pass(${actor.organisationId}::uuid, ${conventionId}::uuid, ${operateurId}::uuid, ${montantCentimes}::bigint, ${objetId}::uuid,
    ${actor.utilisateurId}::uuid, ${now})`
}

/**
 * Moves the money of a call for funds (sent, received, refused) by the amount of the call itself. A collectivité makes these three moves,
 * through a function that can make no other.
 */
export const postAppel = async (
  { db, actor, now }: Ctx,
  { appelId, motif }: { appelId: string; motif: 'appel' | 'recette' | 'appel_refuse' },
): Promise<void> => {
  await db.$queryRaw`select move_appel(${actor.organisationId}::uuid, ${appelId}::uuid, ${motif}, ${actor.utilisateurId}::uuid, ${now})`
}

/** Money of a convention still on its way, account by account, in centimes: what keeps it from being settled. */
export const resteOf = async (ctx: Ctx, conventionId: string): Promise<Reste> => {
  const rows = await ctx.db.$queryRaw<{ nature: keyof Reste; solde: bigint }[]>`
    select nature, sum(solde_centimes) as solde from account
     where convention_id = ${conventionId}::uuid and nature in ('circulation', 'du', 'en_paiement', 'a_crediter') group by nature
    union all select 'a_partager', coalesce(sum(abs(montant_centimes)), 0) from bordereau_convention where convention_id = ${conventionId}::uuid and charge_at is null`
  return rows.reduce((reste, { nature, solde }) => ({ ...reste, [nature]: Number(solde) }), {
    circulation: 0,
    du: 0,
    en_paiement: 0,
    a_crediter: 0,
    a_partager: 0,
  })
}
