import { formatSerie } from '@pass/domain/references.ts'
import { describeRefusal, REDEMPTION_NEXT_STEP, type RedemptionCode, type RefusalDetails } from '@pass/domain/redemptions.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { Finish, StatementCall } from '../../platform/statement.ts'
import { readPass } from './pass-codes.ts'

/** What the SQL functions write: codes and figures. */
type Refus = { rang: number; code: RedemptionCode; details?: RefusalDetails }
type SaidActe = {
  acteId: string
  montantCentimes: number
  pass: { rang: number; redemptionId: string; serie: number; montantCentimes: number }[]
}

const finishRefusal: Finish = (_, { code, refus, requestId }) => {
  const erreurs = ((refus ?? []) as Refus[]).map((one) => ({
    chemin: `pass.${one.rang}`,
    message: describeRefusal(one.code, one.details),
    code: one.code,
    suite: REDEMPTION_NEXT_STEP[one.code],
  }))
  const first = erreurs[0]
  return { code, requestId, ...(first && { message: first.message, erreurs }) }
}

const finishRedeem: Finish = (statut, said) => {
  if (statut >= 400) return finishRefusal(statut, said)
  const { acteId, montantCentimes, pass } = said as SaidActe
  return { acteId, montantCentimes, pass: pass.map((one) => ({ ...one, serie: formatSerie(one.serie) })) }
}

const finishVerify: Finish = (statut, said) => (statut >= 400 ? finishRefusal(statut, said) : said)

type Asked = { atelierId: string; pass: readonly string[] }

/** Tells of each pass whether redeeming it now would work, without effect on it. */
export const verifyPass = (call: StatementCall, secrets: Secrets, { atelierId, pass }: Asked) => {
  const asked = readPass(secrets, pass)
  return call.query(
    {
      name: 'verify',
      text: 'select statut, reponse, replayed from verify($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)',
      values: [
        call.tokenHash,
        call.today,
        call.adhesionId,
        call.roles,
        call.requestId,
        call.now,
        atelierId,
        asked.collectivites,
        asked.pass,
        asked.lookups,
      ],
    },
    finishVerify,
  )
}

/** Uses pass: all of the call, or none. */
export const redeemPass = (call: StatementCall, secrets: Secrets, { atelierId, pass }: Asked) => {
  const asked = readPass(secrets, pass)
  return call.query(
    {
      name: 'redeem',
      text: 'select statut, reponse, replayed from redeem($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)',
      values: [
        call.tokenHash,
        call.today,
        call.adhesionId,
        call.roles,
        call.key,
        call.hash,
        call.requestId,
        call.now,
        atelierId,
        asked.collectivites,
        asked.pass,
        asked.lookups,
      ],
    },
    finishRedeem,
  )
}

/** Undoes an act, whole or one pass of it. */
export const undoRedemption = (
  call: StatementCall,
  { acteId, redemptionId, motif }: { acteId: string; redemptionId: string | null; motif: string },
) =>
  call.query(
    {
      name: 'undo',
      text: 'select statut, reponse, replayed from undo($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)',
      values: [
        call.tokenHash,
        call.today,
        call.adhesionId,
        call.roles,
        call.key,
        call.hash,
        call.requestId,
        call.now,
        acteId,
        redemptionId,
        motif,
      ],
    },
    finishVerify,
  )
