import { raisonNonPaye } from '@pass/domain/bordereaux.ts'
import { nextTransferDay } from '@pass/domain/virements.ts'
import type { Ctx } from '../../platform/context.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = {
  du: bigint
  en_paiement: bigint
  paye: bigint
  pass: number
  plus_ancien: string | null
  accepte: boolean
  propose: boolean
  refuse: boolean
  suspendue: boolean
}

/** What the actor's structure is owed, from the ledger, and when it leaves: one date, or exactly one reason. */
export const getMonDu = async (ctx: Ctx) => {
  const [row] = await ctx.db.$queryRaw<[Row]>`
    select coalesce(sum(a.solde_centimes) filter (where a.nature = 'du'), 0)::bigint du, coalesce(sum(a.solde_centimes) filter (where a.nature = 'en_paiement'), 0)::bigint en_paiement,
           coalesce(sum(a.solde_centimes) filter (where a.nature = 'paye'), 0)::bigint paye,
           u.pass, u.plus_ancien, coalesce(c.accepte, false) accepte, coalesce(c.propose, false) propose, coalesce(c.refuse, false) refuse,
           coalesce((select f.statut = 'suspendu' from labellisation f where f.organisation_id = ${ctx.actor.organisationId}::uuid), false) suspendue
      from (select count(*)::int pass, to_char(min(r.at) filter (where not r.a_examiner) at time zone 'Europe/Paris', 'YYYY-MM') plus_ancien
              from redemption r left join bordereau b on b.organisation_id = r.structure_id and b.id = r.bordereau_id
             where ${reachSql(ctx, 'redemption', 'r')} and r.statut in ('a_payer', 'en_bordereau') and (b.id is null or b.statut in ('ouvert', 'arrete', 'controle', 'approuve'))) u
     cross join (select bool_or(statut = 'accepte') accepte, bool_or(statut = 'propose') propose, bool_or(statut = 'refuse') refuse from compte_bancaire
                  where ${reachSql(ctx, 'compte_bancaire')}) c
      left join account a on ${reachSql(ctx, 'account', 'a')}
     group by u.pass, u.plus_ancien, c.accepte, c.propose, c.refuse`
  const compte = row.accepte ? 'accepte' : row.propose ? 'en_verification' : row.refuse ? 'rejete' : 'aucun'
  const raison = raisonNonPaye({ contestee: false, compte, suspendue: row.suspendue, annulable: false })
  const isBlocked = raison !== 'prochain_bordereau'
  return {
    aPayerCentimes: Number(row.du),
    aPayerPass: row.pass,
    enCoursCentimes: Number(row.en_paiement),
    payeCentimes: Number(row.paye),
    prochainVirement: isBlocked || row.plus_ancien === null ? null : nextTransferDay(row.plus_ancien, ctx.today),
    raison: isBlocked ? raison : null,
  }
}
