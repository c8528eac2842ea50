import type { FileAnswer } from '@pass/contracts/route.ts'
import type { Atelier } from '@pass/contracts/ateliers.ts'
import { formatDay } from '@pass/domain/days.ts'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { drawSheet, type Sheet } from './emargement.pdf.ts'
import { drawPaper } from './liste-papier.pdf.ts'
import { colleagueNames } from './names.ts'
import { getAtelier, signaturesOf } from './queries.ts'

const mediateurOf = async (ctx: Ctx, atelierId: string) => {
  const [row] = await ctx.db.$queryRaw<
    { id: string }[]
  >`select mediateur_id as id from atelier where organisation_id = ${ctx.actor.organisationId}::uuid and id = ${atelierId}::uuid`
  const { id } = found(row)
  return (await colleagueNames(ctx, [id]))(id)
}

const fileOf = (kind: string, { id, date }: Atelier, draw: () => Promise<Uint8Array>): FileAnswer => ({
  nom: `${kind}-${date}-${id.slice(-6)}.pdf`,
  type: 'application/pdf',
  contenu: draw,
})

/** The attendance sheet: who came, what was signed on the screen, room for those who sign on paper. */
export const drawEmargement = async (ctx: Ctx, { atelierId }: { atelierId: string }): Promise<FileAnswer> => {
  const atelier = await getAtelier(ctx, { atelierId })
  const signatures = new Map((await signaturesOf(ctx, atelierId)).map((one) => [one.inscription_id, one]))
  const sheet: Sheet = {
    ...atelier,
    structure: ctx.actor.organisationNom,
    mediateur: await mediateurOf(ctx, atelierId),
    people: atelier.participants
      .filter(({ statut }) => statut !== 'annule' && statut !== 'liste_attente')
      .map(({ inscriptionId, ...person }) => {
        const signed = signatures.get(inscriptionId)
        return {
          ...person,
          signature: signed ? { traits: signed.traits, at: signed.signee_at, empreinte: Buffer.from(signed.sha256).toString('hex') } : null,
        }
      }),
  }
  const titre = `Feuille d’émargement du ${formatDay(atelier.date)}`
  return fileOf('emargement', atelier, () => pdf(drawSheet, sheet, { titre, now: ctx.now }))
}

/** A list to print where there is no phone: codes are noted by hand and typed in by a colleague within seven days. */
export const drawListePapier = async (ctx: Ctx, { atelierId }: { atelierId: string }): Promise<FileAnswer> => {
  const atelier = await getAtelier(ctx, { atelierId })
  const paper = {
    ...atelier,
    structure: ctx.actor.organisationNom,
    mediateur: await mediateurOf(ctx, atelierId),
    people: atelier.participants.filter(({ statut }) => statut === 'inscrit' || statut === 'present').map(({ nom }) => nom),
  }
  const titre = `Liste papier du ${formatDay(atelier.date)}`
  return fileOf('liste-papier', atelier, () => pdf(drawPaper, paper, { titre, now: ctx.now }))
}
