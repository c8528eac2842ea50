import type { JobCtx } from '../../platform/jobs/job.ts'
import type { Ctx } from '../../platform/context.ts'
import { post, type Transfer } from '../comptabilite/public.ts'

/** Whoever moves the money of bordereaux: a person, or the job that finishes what a person began. */
export type Payer = Pick<JobCtx, 'db' | 'now' | 'today'> & {
  actor: Pick<Ctx['actor'], 'organisationId' | 'organisationType'> & { utilisateurId: string | null }
}

/** Structures and bordereaux, one of each a rank: what set-based SQL takes. */
export type Pairs = { structureIds: string[]; bordereauIds: string[] }

export const pairsOf = (rows: readonly { structureId: string; bordereauId: string }[]): Pairs => ({
  structureIds: rows.map(({ structureId }) => structureId),
  bordereauIds: rows.map(({ bordereauId }) => bordereauId),
})

type Subtotal = {
  structure_id: string
  bordereau_id: string
  collectivite_id: string
  convention_id: string
  operateur_id: string
  montant: bigint
}

const booksOf = (row: Omit<Subtotal, 'bordereau_id' | 'montant'>) => ({
  collectiviteId: row.collectivite_id,
  conventionId: row.convention_id,
  operateurId: row.operateur_id,
  structureId: row.structure_id,
})

/** What these bordereaux pay, convention by convention; a subtotal of 0 moves nothing. */
const netsOf = async ({ db }: Pick<Payer, 'db'>, { structureIds, bordereauIds }: Pairs, motif: Transfer['motif']): Promise<Transfer[]> => {
  const rows = await db.$queryRaw<Subtotal[]>`
    select c.organisation_id structure_id, c.bordereau_id, c.collectivite_id, c.convention_id, c.operateur_id, c.montant_centimes montant
      from unnest(${structureIds}::uuid[], ${bordereauIds}::uuid[]) b(structure, id)
      join bordereau_convention c on c.organisation_id = b.structure and c.bordereau_id = b.id
     where c.montant_centimes > 0 order by c.collectivite_id, c.convention_id, c.organisation_id, c.bordereau_id`
  return rows.map((row) => ({ ...booksOf(row), motif, montantCentimes: Number(row.montant), objetId: row.bordereau_id }))
}

type Ligne = Subtotal & { nature: 'incident' | 'frais'; objet_id: string }

/** What they withhold: an incident goes back to be credited, a fee to the operator. What is carried is in the net already. */
const withheldOf = async ({ db }: Pick<Payer, 'db'>, { structureIds, bordereauIds }: Pairs): Promise<Transfer[]> => {
  const rows = await db.$queryRaw<Ligne[]>`
    select l.organisation_id structure_id, l.bordereau_id, l.collectivite_id, l.convention_id, l.operateur_id, l.nature, l.objet_id, -l.montant_centimes montant
      from unnest(${structureIds}::uuid[], ${bordereauIds}::uuid[]) b(structure, id)
      join bordereau_ligne l on l.organisation_id = b.structure and l.bordereau_id = b.id
     where l.nature in ('incident', 'frais') order by l.collectivite_id, l.convention_id, l.organisation_id, l.id`
  return rows.map((row) => ({
    ...booksOf(row),
    motif: row.nature === 'incident' ? ('incident' as const) : ('frais_aval' as const),
    montantCentimes: Number(row.montant),
    objetId: row.objet_id,
  }))
}

const send = async (payer: Payer, transfers: readonly Transfer[]) => {
  if (transfers.length > 0) await post(payer, transfers)
}

/** At the release: what is paid leaves `du` for `en_paiement`, what is withheld leaves it for good. Each subtotal names its transfer (I6). */
export const postRelease = async (payer: Payer, pairs: Pairs): Promise<void> => {
  await send(payer, [...(await netsOf(payer, pairs, 'bordereau')), ...(await withheldOf(payer, pairs))])
  await payer.db.$executeRaw`
    update bordereau_convention c set transfer_id = t.id
      from unnest(${pairs.structureIds}::uuid[], ${pairs.bordereauIds}::uuid[]) b(structure, id), transfer t
     where c.organisation_id = b.structure and c.bordereau_id = b.id
       and t.collectivite_id = c.collectivite_id and t.convention_id = c.convention_id and t.objet_id = c.bordereau_id and t.motif = 'bordereau'`
}

/** The bank's answer: paid, or back to what is due, before it was paid or after. */
export const postAnswer = async (payer: Payer, pairs: Pairs, motif: 'paiement' | 'rejet' | 'retour'): Promise<void> =>
  send(payer, await netsOf(payer, pairs, motif))
