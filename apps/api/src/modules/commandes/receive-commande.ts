import { receptionOf, whyNotCount } from '@pass/domain/colis.ts'
import { type Etiquette, isLikeEtiquette, parseEtiquette } from '@pass/domain/etiquettes.ts'
import { countOf, joined, type Plage } from '@pass/domain/plages.ts'
import { whyNotReceive } from '@pass/domain/lots.ts'
import { plural } from '@pass/domain/money.ts'
import { parseSerie } from '@pass/domain/references.ts'
import type { Refusal } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, Refused } from '../../platform/errors.ts'
import { lotRange } from './lot-range.ts'
import { moveLot, writeMouvements } from './lot-task.ts'
import { moveCommande } from './move-commande.ts'
import { claimMissing, whoTravels } from './reclamations.ts'
import { getCommande, lockCommande } from './queries.ts'

const misread = (refusal: Refusal, chemin: string) => new Refused({ ...refusal, erreurs: [{ chemin, message: refusal.message }] }, 400)

const parseLabel = (texte: string, chemin: string): Etiquette => {
  const parsed = parseEtiquette(texte)
  if (!parsed.ok) throw misread(parsed.refusal, chemin)
  return parsed.etiquette
}

/** What did not come, as typed or scanned: a carnet, or the label of a whole carton or bundle. A malformed one is a 400 that says which. */
const parseMissing = (texte: string, i: number): Plage | Etiquette => {
  const chemin = `manquants.${i}`
  if (isLikeEtiquette(texte)) return parseLabel(texte, chemin)
  const parsed = parseSerie(texte)
  if (!parsed.ok) throw misread(parsed.refusal, chemin)
  return { premiere: parsed.serie, derniere: parsed.serie }
}

type Input = { commandeId: string; manquants: readonly string[]; etiquettes?: readonly string[] | undefined }

/** The carnets have come; those that did not are blocked and claimed in the same gesture. */
export const receiveCommande = async (ctx: Ctx, { commandeId, manquants, etiquettes = [] }: Input) => {
  const missing = manquants.map(parseMissing)
  const labels = etiquettes.map((texte, i) => parseLabel(texte, `etiquettes.${i}`))
  const commande = await lockCommande(ctx, { commandeId })
  const { lot } = commande
  const collectiviteId = commande.collectivite.id
  const travel = lot && (await whoTravels(ctx, { collectiviteId, lotId: lot.id }))
  enforce(whyNotReceive({ statut: commande.statut, lot, enCours: travel?.isLeaving ?? false }))
  const range = lotRange(commande)!
  for (const plage of [...labels, ...missing]) enforce(whyNotCount(range, plage))
  const lotId = lot!.id
  const counted = receptionOf(range, { etiquettes: labels, manquants: missing, ecartes: travel!.ecartes })
  if (counted.manquants.length > 0) await claimMissing(ctx, commande, counted.manquants)
  await moveLot(ctx, { task: 'receive', collectiviteId, lotId, plages: counted.recus, at: ctx.now }, countOf(counted.recus))
  await writeMouvements(ctx, { collectiviteId, lotId }, [
    ...counted.recus.map((plage) => ({ type: 'recu' as const, ...plage })),
    ...counted.manquants.map((plage) => ({ type: 'manquant' as const, ...plage })),
  ])
  await markCartons(ctx, lotId, joined(counted.recus))
  const absent = countOf(counted.manquants)
  await moveCommande(ctx, commande, 'receive', {
    data: { recus: countOf(counted.recus) },
    ...(absent > 0 && { commentaire: plural(absent, 'carnet manquant', 'carnets manquants') }),
  })
  return getCommande(ctx, { commandeId })
}

/** The cartons of which something came. */
const markCartons = (ctx: Ctx, lotId: string, recus: readonly Plage[]) =>
  ctx.db.colis.updateMany({
    where: { lotId, OR: recus.map(({ premiere, derniere }) => ({ seriePremiere: { lte: derniere }, serieDerniere: { gte: premiere } })) },
    data: { recuAt: ctx.now },
  })
