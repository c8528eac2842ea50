import { randomUUID } from 'node:crypto'
import { access, rename, rm } from 'node:fs/promises'
import type { FileAnswer } from '@pass/contracts/route.ts'
import { whyNotTake } from '@pass/domain/impressions.ts'
import { unwrapLotKey } from '../../platform/codes.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Deps } from '../../platform/deps.ts'
import { enforce, found, Refused, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { unseal } from '../../platform/sealed-file.ts'
import { impressionKey, impressionPath, nameOf, readImpression } from './impressions.ts'

const TYPES = { csv: 'text/csv; charset=utf-8', pdf: 'application/pdf' } as const

/**
 * The bytes of a print file; nothing of it is left once the last one is gone. A transfer that broke puts it back: the one who was
 * taking it, and nobody else, may start again.
 */
async function* takenOnce(path: string, kept: string, key: Buffer): AsyncGenerator<Buffer> {
  let isWhole = false
  try {
    yield* unseal(path, key)
    isWhole = true
  } finally {
    await (isWhole ? rm(path, { force: true }) : rename(path, kept))
  }
}

/** Marks the file as this person's, in the statut that was read: two people at once, one takes it. */
const claim = async (ctx: Ctx, impression: Awaited<ReturnType<typeof readImpression>>, present: boolean) => {
  const { id, collectiviteId, lotId, retireePar } = impression
  const { prenom, nom, utilisateurId } = ctx.actor
  // a transfer that broke: the file is still there, and this person's
  if (impression.statut === 'retiree' && retireePar === utilisateurId) return
  enforce(whyNotTake({ ...impression, present }))
  const { count } = await ctx.db.impression.updateMany({
    where: { id, statut: 'prete' },
    data: { statut: 'retiree', retireePar: utilisateurId, retireeNom: `${prenom} ${nom}`, retireeAt: ctx.now },
  })
  won(count)
  await ctx.db.lot.updateMany({ where: { id: lotId, collectiviteId, imprimeAt: null }, data: { imprimeAt: ctx.now } })
  await fact(ctx, { sujet: 'impression.retiree', collectiviteId, objet: { impressionId: id, lotId } })
}

/** Gives a print file to a named account, once. From this day the key of the lot lives seven days more. */
export const takeImpression = async (ctx: Ctx, { impressionId, deps }: { impressionId: string; deps: Deps }): Promise<FileAnswer> => {
  const impression = await readImpression(ctx, impressionId)
  const kept = impressionPath(deps, impressionId)
  const present = await access(kept).then(
    () => true,
    () => false,
  )
  await claim(ctx, impression, present)
  const lotKey = unwrapLotKey(deps.secrets, impression.lotId, found(impression.lot.lotCle).cleChiffree)
  const mine = `${kept}.${randomUUID()}`
  const contenu = async () => {
    await rename(kept, mine).catch(() => {
      // taken to its end, or by the same person at this very instant
      throw new Refused(whyNotTake({ ...impression, statut: 'retiree' })!)
    })
    return takenOnce(mine, kept, impressionKey(lotKey, impressionId))
  }
  return { nom: nameOf(impression), type: TYPES[impression.format], contenu }
}
