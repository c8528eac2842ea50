import type { KeyObject } from 'node:crypto'
import type { FileAnswer } from '@pass/contracts/route.ts'
import { whyNotPrint } from '@pass/domain/lots.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { deriveCode, deriveFollowCode, signQr, unwrapLotKey } from '../../platform/codes.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { reach } from '../../platform/reach.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { type CarnetToPrint, drawCarnets as draw } from './carnet.pdf.ts'
import { getCommande } from './queries.ts'

/** Carnets of one file: what a request may draw in a moment. */
const MAX = 20

type Printed = { id: bigint; serie: bigint; taille: number }
type Key = { secrets: Secrets; lotKey: KeyObject; collectiviteId: string; dateFin: string }

/** The codes of a carnet, derived again: nobody stores them, and the operator does not read `pass`. */
const toPrint = ({ id, serie, taille }: Printed, { secrets, lotKey, collectiviteId, dateFin }: Key): CarnetToPrint => ({
  serie: formatSerie(Number(serie)),
  codeSuivi: deriveFollowCode(lotKey, Number(serie)),
  pass: Array.from({ length: taille }, (_, i) => {
    const code = deriveCode(lotKey, Number(serie), i + 1)
    return { rang: i + 1, code, qr: signQr(secrets, { collectiviteId, passId: id * 10n + BigInt(i), code, dateFin }) }
  }),
})

const carnetsOf = (ctx: Ctx, lotId: string, premiere: bigint, nombre: number) =>
  ctx.db.carnet.findMany({
    where: { lotId, serie: { gte: premiere, lt: premiere + BigInt(nombre) }, statut: { not: 'annule' }, ...reach(ctx, 'carnet') },
    select: { id: true, serie: true, taille: true },
    orderBy: { serie: 'asc' },
  })

type Input = { commandeId: string; de?: number | undefined; nombre?: number | undefined; secrets: Secrets }

/** Carnets `de` and following of the lot, with their codes, while the key of the lot lives. Every print is journaled. */
export const drawCarnets = async (ctx: Ctx, { commandeId, de = 1, nombre = MAX, secrets }: Input): Promise<FileAnswer> => {
  const commande = await getCommande(ctx, { commandeId })
  const row = await ctx.db.lot.findFirst({ where: { commandeId, ...reach(ctx, 'lot') }, include: { lotCle: true } })
  enforce(whyNotPrint({ lot: row, cle: Boolean(row?.lotCle), de, nombre }))
  const { id: lotId, seriePremiere, lotCle } = row!
  const key = {
    secrets,
    lotKey: unwrapLotKey(secrets, lotId, lotCle!.cleChiffree),
    collectiviteId: commande.collectivite.id,
    dateFin: dayOf(row!.dateFin),
  }
  const rows = await carnetsOf(ctx, lotId, seriePremiere + BigInt(de - 1), nombre)
  const print = () => ({
    collectivite: commande.collectivite.nom,
    operateur: commande.operateur.nom,
    dateFin: key.dateFin,
    valeurFacialeCentimes: commande.valeurFacialeCentimes,
    texte: commande.maquetteTexte,
    carnets: rows.map((carnet) => toPrint(carnet, key)),
  })
  const titre = `Carnets de la commande ${commande.reference}`
  return {
    nom: `carnets-${commande.reference}-${de}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(draw, print(), { titre, now: ctx.now }),
  }
}
