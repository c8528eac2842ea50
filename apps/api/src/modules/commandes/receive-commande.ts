import type { Commande } from '@pass/contracts/commandes.ts'
import { whyNotReceive } from '@pass/domain/lots.ts'
import { plural } from '@pass/domain/money.ts'
import { parseSerie } from '@pass/domain/references.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, Refused } from '../../platform/errors.ts'
import { moveCommande } from './move-commande.ts'
import { getCommande, lockCommande } from './queries.ts'

/** Serials as typed or scanned, each once; a malformed one is a 400 that says which. */
const parseManquants = (manquants: readonly string[]): number[] => {
  const series = manquants.map((texte, i) => {
    const parsed = parseSerie(texte)
    if (!parsed.ok) throw new Refused({ ...parsed.refusal, erreurs: [{ chemin: `manquants.${i}`, message: parsed.refusal.message }] }, 400)
    return parsed.serie
  })
  return [...new Set(series)]
}

const serieOf = (texte: string): number => {
  const parsed = parseSerie(texte)
  if (!parsed.ok) throw new Error(`a lot holds a serial that is none: ${texte}`)
  return parsed.serie
}
const rangeOf = ({ lot }: Commande) => lot && { seriePremiere: serieOf(lot.seriePremiere), serieDerniere: serieOf(lot.serieDerniere) }

/** The carnets have come; those that did not are blocked and claimed in the same gesture. */
export const receiveCommande = async (ctx: Ctx, { commandeId, manquants }: { commandeId: string; manquants: readonly string[] }) => {
  const series = parseManquants(manquants)
  const commande = await lockCommande(ctx, { commandeId })
  enforce(whyNotReceive({ statut: commande.statut, lot: rangeOf(commande) }, series))
  const [row] = await ctx.db.$queryRaw<{ recus: number }[]>`
    select receive_carnets(${commande.collectivite.id}::uuid, ${commande.lot!.id}::uuid, ${series}::bigint[], ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz) as recus`
  await moveCommande(ctx, commande, 'receive', {
    data: { recus: row!.recus },
    ...(series.length > 0 && { commentaire: plural(series.length, 'carnet manquant', 'carnets manquants') }),
  })
  return getCommande(ctx, { commandeId })
}
