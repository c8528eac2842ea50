import type { DevoirLu, Version } from '@pass/contracts/conventions-versions.ts'
import { TERME_RULES, type Termes } from '@pass/domain/convention-termes.ts'
import { FINANCEUR_NATURE_LABELS } from '@pass/domain/conventions.ts'
import { formatDay } from '@pass/domain/days.ts'
import { euros, percent } from '@pass/domain/money.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { A4, decorate, type Doc, mm, rule, write } from '../../platform/pdf/document.ts'

type Partie = { nom: string; siret: string | null }
export type ConventionDocument = {
  version: Version
  termes: Termes
  reference: string
  nom: string
  dateDebut: string
  collectivite: Partie
  operateur: Partie
  devoirs: readonly DevoirLu[]
}

const LEFT = A4.margin
const WIDTH = A4.width - 2 * A4.margin
const BOTTOM = A4.height - A4.margin - mm(12)
const VALUE = LEFT + mm(62)

/** Across the page, pale, behind the text: nobody takes a draft for the signed convention. */
const stamp = (doc: Doc) =>
  decorate(doc, () => {
    doc.save()
    doc.rotate(-38, { origin: [A4.width / 2, A4.height / 2] })
    doc
      .font('bold')
      .fontSize(110)
      .fillColor('#e4ded4')
      .text('PROJET', 0, A4.height / 2 - 62, { width: A4.width, align: 'center', lineBreak: false })
    doc.restore()
  })

type Pen = { doc: Doc; projet: boolean; y: number }

const newPage = (pen: Pen) => {
  pen.doc.addPage()
  if (pen.projet) stamp(pen.doc)
  pen.y = A4.margin
}
/** Room for this many points, on this page or the next. */
const room = (pen: Pen, height: number) => {
  if (pen.y + height > BOTTOM) newPage(pen)
}
const heightOf = (doc: Doc, text: string, width: number, size: number) =>
  doc.font('normal').fontSize(size).heightOfString(text, { width, lineGap: 2 })

const section = (pen: Pen, titre: string) => {
  room(pen, mm(24))
  pen.y = write(pen.doc, titre, LEFT, pen.y + mm(5), { size: 13, bold: true, tag: 'H2' }) + 2
  rule(pen.doc, pen.y)
  pen.y += 5
}
const paragraph = (pen: Pen, text: string, bold = false) => {
  room(pen, heightOf(pen.doc, text, WIDTH, 11) + 4)
  pen.y = write(pen.doc, text, LEFT, pen.y, { bold }) + 4
}
const pair = (pen: Pen, terme: string, valeur: string) => {
  const height = Math.max(heightOf(pen.doc, valeur, WIDTH - mm(62), 10.5), heightOf(pen.doc, terme, mm(58), 10.5))
  room(pen, height + 5)
  const left = write(pen.doc, terme, LEFT, pen.y, { size: 10.5, width: mm(58), tag: 'TH' })
  const right = write(pen.doc, valeur, VALUE, pen.y, { size: 10.5, width: WIDTH - mm(62), bold: false, tag: 'TD' })
  pen.y = Math.max(left, right) + 4
}

const partieInWords = ({ nom, siret }: Partie) => (siret ? `${nom}, SIRET ${formatSiret(siret)}` : nom)

const head = (pen: Pen, { version, reference, nom, collectivite, operateur, dateDebut, termes }: ConventionDocument) => {
  const { doc } = pen
  const titre = version.numero === 1 ? `Convention ${reference}` : `${version.titre} à la convention ${reference}`
  pen.y = write(doc, titre, LEFT, pen.y, { size: 21, bold: true, tag: 'H1' })
  pen.y = write(doc, nom, LEFT, pen.y + 2, { size: 13 }) + 2
  if (pen.projet)
    pen.y =
      write(doc, 'PROJET : ce document n’engage personne avant la signature de chaque financeur.', LEFT, pen.y + 2, { bold: true }) + 2
  pen.y += mm(2)
  pair(pen, 'Collectivité', partieInWords(collectivite))
  pair(pen, 'Opérateur', partieInWords(operateur))
  pair(pen, 'Période', `Du ${formatDay(dateDebut)} au ${formatDay(termes.dateFin)}`)
  if (version.numero > 1) pair(pen, 'Objet de l’avenant', version.objet)
  if (version.dateEffet) pair(pen, 'En vigueur depuis le', formatDay(version.dateEffet))
  if (version.dateRemplacement) pair(pen, 'Remplacée le', formatDay(version.dateRemplacement))
}

const changes = (pen: Pen, { differences }: Version) => {
  section(pen, 'Ce que l’avenant change')
  for (const { libelle, avant, apres } of differences) {
    const height = heightOf(pen.doc, `Avant : ${avant}`, WIDTH, 10.5) + heightOf(pen.doc, `Après : ${apres}`, WIDTH, 10.5) + 24
    room(pen, height)
    pen.y = write(pen.doc, libelle, LEFT, pen.y, { bold: true, tag: 'TH' })
    pen.y = write(pen.doc, `Avant : ${avant}`, LEFT, pen.y + 1, { size: 10.5, tag: 'TD' })
    pen.y = write(pen.doc, `Après : ${apres}`, LEFT, pen.y + 1, { size: 10.5, tag: 'TD' }) + 7
  }
  paragraph(pen, 'Les autres règles de la convention ne changent pas.')
}

const financing = (pen: Pen, { financeurs }: Version) => {
  if (financeurs.length === 0) return
  section(pen, 'Qui finance chaque pass')
  for (const { nom, nature, cleBp, plafondCentimes, estRepli } of financeurs) {
    const said = [
      percent(cleBp),
      plafondCentimes === null ? 'sans plafond' : `dans la limite de ${euros(plafondCentimes)}`,
      ...(estRepli ? ['prend ce qu’un plafond refuse'] : []),
    ]
    pair(pen, nom, `${FINANCEUR_NATURE_LABELS[nature]} : ${said.join(', ')}`)
  }
}

const rules = (pen: Pen, { termes, version }: ConventionDocument) => {
  section(pen, 'Règles')
  const territoires = new Map(version.territoires.map(({ code, nom }) => [code, nom]))
  const noms = { territoires, lieux: new Map(version.lieux.map(({ id, nom, commune }) => [id, `${nom} (${commune})`])) }
  for (const { champ, libelle, say } of TERME_RULES)
    if (champ !== 'financeurs' && champ !== 'dateFin') pair(pen, libelle, say(termes, noms))
  paragraph(pen, 'Un pass s’utilise après sa remise à une personne, dans un lieu labellisé. L’État paie sa part des pass utilisés.')
}

const calendar = (pen: Pen, { devoirs }: ConventionDocument) => {
  if (devoirs.length === 0) return
  section(pen, 'Calendrier')
  for (const { date, titre, acteur } of devoirs) pair(pen, formatDay(date), `${titre}. ${acteur}.`)
}

const signatures = (pen: Pen, { financeurs }: Version) => {
  if (financeurs.length === 0) return
  section(pen, 'Signatures')
  for (const { nom, signataire, dateSignature } of financeurs) {
    room(pen, mm(26))
    if (signataire && dateSignature) pair(pen, nom, `Signé par ${signataire} le ${formatDay(dateSignature)}`)
    else {
      const top = pen.y
      pair(pen, nom, 'Nom, qualité, date et signature :')
      decorate(pen.doc, () =>
        pen.doc
          .lineWidth(0.7)
          .strokeColor('#000')
          .rect(VALUE, pen.y, WIDTH - mm(62), mm(16))
          .stroke(),
      )
      pen.y = Math.max(pen.y, top) + mm(20)
    }
  }
}

/** A convention, or an avenant with what it changes, whole: parties, shares, rules, calendar, signatures. */
export const drawConvention = (doc: Doc, data: ConventionDocument): void => {
  const projet = data.version.statut === 'brouillon' || data.version.statut === 'abandonnee'
  const pen: Pen = { doc, projet, y: A4.margin }
  if (projet) stamp(doc)
  head(pen, data)
  if (data.version.numero > 1) changes(pen, data.version)
  financing(pen, data.version)
  rules(pen, data)
  calendar(pen, data)
  signatures(pen, data.version)
}
