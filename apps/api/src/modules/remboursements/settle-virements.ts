import { bordereauMachine } from '@pass/domain/bordereaux.ts'
import { won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { payRedemptions, unpayRedemptions } from '../ateliers/public.ts'
import { type Told, tellPaid, tellRejected, tellReturned } from './notify-structure.ts'
import { pairsOf, type Pairs, type Payer, postAnswer } from './post-bordereau.ts'

/** A bordereau whose row the caller holds, and what the bank says of its transfer. */
type Answered = Told & { dateBanque: string }
export type Rejected = Answered & { motif: string }

const daysOf = (rows: readonly Answered[]) => rows.map(({ dateBanque }) => dateBanque)
const motifsOf = (rows: readonly Rejected[]) => rows.map(({ motif }) => motif)

/** The bordereaux that these carry: rejected ones whose amount they pay again, and those that these carried themselves. */
const carriedBy = async ({ db }: Payer, { structureIds, bordereauIds }: Pairs): Promise<Pairs> => {
  const rows = await db.$queryRaw<{ structureId: string; bordereauId: string }[]>`
    with recursive payes as (
      select b.structure, b.id from unnest(${structureIds}::uuid[], ${bordereauIds}::uuid[]) b(structure, id)
      union
      select r.organisation_id, r.id from payes p join bordereau r on r.organisation_id = p.structure and r.report_id = p.id)
    select structure "structureId", id "bordereauId" from payes`
  return pairsOf(rows)
}

/** The bank has executed these transfers: the structures are paid, and so is each use, those of rejected bordereaux carried here too. */
export const executeVirements = async (payer: Payer, rows: readonly Answered[]): Promise<void> => {
  if (rows.length === 0) return
  const pairs = pairsOf(rows)
  await postAnswer(payer, pairs, 'paiement')
  const count = await payer.db.$executeRaw`
    update bordereau b set statut = ${bordereauMachine.pay.to}, paye_at = ${payer.now}::timestamptz, date_banque = d.jour
      from unnest(${pairs.structureIds}::uuid[], ${pairs.bordereauIds}::uuid[], ${daysOf(rows)}::date[]) d(structure, id, jour)
     where b.organisation_id = d.structure and b.id = d.id and b.statut = 'transmis'`
  won(Number(count === rows.length))
  await payer.db.$executeRaw`
    update virement v set statut = 'execute', date_banque = d.jour
      from unnest(${pairs.structureIds}::uuid[], ${pairs.bordereauIds}::uuid[], ${daysOf(rows)}::date[]) d(structure, id, jour)
     where v.organisation_id = d.structure and v.bordereau_id = d.id and v.statut = 'emis'`
  await payRedemptions(payer, await carriedBy(payer, pairs))
  await fact(payer, { sujet: `bordereau.${bordereauMachine.pay.to}`, objet: { bordereauIds: pairs.bordereauIds } })
  await tellPaid(payer, rows)
}

/** The account that the bank refused is no longer one: the structure gives another. One replaced since then stays replaced. */
const refuseComptes = ({ db, now }: Payer, { structureIds, bordereauIds }: Pairs) => db.$executeRaw`
  update compte_bancaire c set statut = 'refuse', fin_at = ${now}::timestamptz, refuse_at = ${now}::timestamptz, motif_refus = 'Virement rejeté par la banque.'
    from unnest(${structureIds}::uuid[], ${bordereauIds}::uuid[]) d(structure, id), virement v
   where v.organisation_id = d.structure and v.bordereau_id = d.id and c.organisation_id = v.organisation_id and c.id = v.compte_id and c.statut = 'accepte'`

/** What both refusals of the bank have in common, once the money is due again. */
const dueAgain = async (payer: Payer, pairs: Pairs) => {
  await refuseComptes(payer, pairs)
  await fact(payer, { sujet: `bordereau.${bordereauMachine.reject.to}`, objet: { bordereauIds: pairs.bordereauIds } })
}

/**
 * The bank has refused these transfers: the amounts are due again, on the next accepted account, and the refused ones no longer serve. The
 * uses stay with their bordereau, which the next one carries.
 */
export const rejectVirements = async (payer: Payer, rows: readonly Rejected[]): Promise<void> => {
  if (rows.length === 0) return
  const pairs = pairsOf(rows)
  await postAnswer(payer, pairs, 'rejet')
  const count = await payer.db.$executeRaw`
    update bordereau b set statut = ${bordereauMachine.reject.to}
      from unnest(${pairs.structureIds}::uuid[], ${pairs.bordereauIds}::uuid[]) d(structure, id)
     where b.organisation_id = d.structure and b.id = d.id and b.statut = 'transmis'`
  won(Number(count === rows.length))
  await payer.db.$executeRaw`
    update virement v set statut = 'rejete', date_banque = d.jour, motif_rejet = d.motif
      from unnest(${pairs.structureIds}::uuid[], ${pairs.bordereauIds}::uuid[], ${daysOf(rows)}::date[], ${motifsOf(rows)}::text[]) d(structure, id, jour, motif)
     where v.organisation_id = d.structure and v.bordereau_id = d.id and v.statut = 'emis'`
  await dueAgain(payer, pairs)
  await tellRejected(payer, rows)
}

/**
 * The bank sends back what it had paid: due again, as after a rejection. What was paid stays written (its day, its transfer in the
 * books), and so do the uses with their bordereau, which the next one carries; only they, and those it carried, are no longer paid.
 */
export const returnVirements = async (payer: Payer, rows: readonly Rejected[]): Promise<void> => {
  if (rows.length === 0) return
  const pairs = pairsOf(rows)
  await postAnswer(payer, pairs, 'retour')
  const count = await payer.db.$executeRaw`
    update bordereau b set statut = ${bordereauMachine.sendBack.to}
      from unnest(${pairs.structureIds}::uuid[], ${pairs.bordereauIds}::uuid[]) d(structure, id)
     where b.organisation_id = d.structure and b.id = d.id and b.statut = 'paye'`
  won(Number(count === rows.length))
  await payer.db.$executeRaw`
    update virement v set statut = 'rejete', revenu_le = d.jour, motif_rejet = d.motif
      from unnest(${pairs.structureIds}::uuid[], ${pairs.bordereauIds}::uuid[], ${daysOf(rows)}::date[], ${motifsOf(rows)}::text[]) d(structure, id, jour, motif)
     where v.organisation_id = d.structure and v.bordereau_id = d.id and v.statut = 'execute'`
  await unpayRedemptions(payer, await carriedBy(payer, pairs))
  await dueAgain(payer, pairs)
  await tellReturned(payer, rows)
}
