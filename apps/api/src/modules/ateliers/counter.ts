import { formatSerie } from '@pass/domain/references.ts'
import { describeRefusal, REDEMPTION_NEXT_STEP, type RedemptionCode, type RefusalDetails } from '@pass/domain/redemptions.ts'
import { Refused } from '../../platform/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { Finish, StatementAnswer, StatementCall } from '../../platform/statement.ts'
import { type PassAsked, readPass } from './pass-codes.ts'

/** What the SQL functions write: codes and figures. */
type Refus = { rang: number; code: RedemptionCode; details?: RefusalDetails }
type SaidActe = {
  acteId: string
  montantCentimes: number
  aExaminer?: true
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
  const { pass, ...acte } = said as SaidActe
  return { ...acte, pass: pass.map((one) => ({ ...one, serie: formatSerie(one.serie) })) }
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

/** An act made without network: on which device, when by its clock, and how far that clock was from ours. */
type Differe = { appareilId: string; scanneAt: string; ecartSecondes: number | null }
type ToUse = Asked & { differe?: Differe | undefined }

/** The outcome of a queued act is kept even when its form is refused: whoever made it finds it in the list of the others. */
const keepRefusal = async (call: StatementCall, { atelierId, pass, differe }: ToUse & { differe: Differe }, { refusal }: Refused) => {
  const refus = refusal.erreurs?.map(({ chemin }) => ({ rang: Number(chemin.split('.')[1]), code: refusal.code })) ?? []
  return call.query({
    name: 'differe_refuse',
    text: 'select statut, reponse, replayed from differe_refuse($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)',
    values: [
      call.tokenHash,
      call.today,
      call.adhesionId,
      call.roles,
      call.key,
      call.requestId,
      call.now,
      atelierId,
      pass.length,
      differe.appareilId,
      new Date(differe.scanneAt),
      differe.ecartSecondes,
      refusal.code,
      JSON.stringify(refus),
    ],
  })
}

const useAsked = (call: StatementCall, { atelierId, differe }: ToUse, asked: PassAsked): Promise<StatementAnswer> =>
  call.query(
    {
      name: 'redeem',
      text: 'select statut, reponse, replayed from redeem($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)',
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
        differe?.appareilId ?? null,
        differe ? new Date(differe.scanneAt) : null,
        differe?.ecartSecondes ?? null,
      ],
    },
    finishRedeem,
  )

/** Uses pass: all of the call, or none. */
export const redeemPass = async (call: StatementCall, secrets: Secrets, toUse: ToUse): Promise<StatementAnswer> => {
  const { pass, differe } = toUse
  let asked: PassAsked
  try {
    asked = readPass(secrets, pass)
  } catch (error) {
    if (!differe || !(error instanceof Refused)) throw error
    const answer = await keepRefusal(call, { ...toUse, differe }, error)
    if (answer.statut === 400) throw error
    return answer
  }
  return useAsked(call, toUse, asked)
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
