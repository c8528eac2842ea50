import {
  type AtelierStatut,
  INSCRIPTION_LABELS,
  type InscriptionStatut,
  NIVEAU_LABELS,
  type Niveau,
  SEATED,
} from '@pass/domain/ateliers.ts'
import { formatDuration, formatInstant, formatLongDay, formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS, type ThemeCode } from '@pass/domain/lieux.ts'
import { plural } from '@pass/domain/money.ts'
import { A4, type Doc, decorate, mm, rule, write } from '../../platform/pdf/document.ts'

type Signature = { traits: readonly (readonly number[])[]; at: Date; empreinte: string }
export type SheetHead = {
  structure: string
  lieu: { nom: string; commune: string; fuseau: string }
  theme: ThemeCode
  niveau: Niveau
  date: string
  debut: string
  dureeMinutes: number
  capacite: number
  statut: AtelierStatut
  mediateur: string
}
export type Sheet = SheetHead & {
  sansPass: number
  people: readonly { nom: string; statut: InscriptionStatut; passUtilises: number; signature: Signature | null }[]
}

const LEFT = A4.margin
const RIGHT = A4.width - A4.margin
const BOTTOM = A4.height - A4.margin
const ROW = mm(18)
const NAME = { x: LEFT + mm(10), width: mm(58) }
const PRESENCE = { x: LEFT + mm(70), width: mm(34) }
const PASS = { x: LEFT + mm(105), width: mm(11) }
const BOX = { x: LEFT + mm(117), width: RIGHT - LEFT - mm(117), height: ROW - mm(2) }
/** The pad of the screen counts to 1000 both ways and is 5 wide for 2 high: so is what is drawn here. */
const PAD = 1000
const INK = { height: mm(12), width: mm(30) }

/** Where, when, about what, with whom: the top of every sheet. */
export const drawSheetHead = (doc: Doc, titre: string, head: SheetHead): number => {
  const { structure, lieu, theme, niveau, date, debut, dureeMinutes, mediateur, statut } = head
  let y = write(doc, titre, LEFT, A4.margin, { size: 18, bold: true, tag: 'H1' }) + 2
  if (statut === 'annule') y = write(doc, 'ATELIER ANNULÉ', LEFT, y, { size: 12, bold: true })
  y = write(doc, `${THEME_LABELS[theme]}, ${NIVEAU_LABELS[niveau].toLowerCase()}`, LEFT, y, { bold: true })
  y = write(doc, `Le ${formatLongDay(date)} à ${formatTime(debut)}, ${formatDuration(dureeMinutes)}`, LEFT, y)
  y = write(doc, `${lieu.nom}, ${lieu.commune} (${structure})`, LEFT, y)
  return write(doc, `Animé par ${mediateur}`, LEFT, y) + mm(4)
}

const drawColumns = (doc: Doc, y: number): number => {
  const title = { size: 9, bold: true, tag: 'TH' as const }
  write(doc, 'N°', LEFT, y, { ...title, width: mm(9) })
  write(doc, 'Nom', NAME.x, y, { ...title, width: NAME.width })
  write(doc, 'Présence', PRESENCE.x, y, { ...title, width: PRESENCE.width })
  write(doc, 'Pass', PASS.x, y, { ...title, width: PASS.width })
  const below = write(doc, 'Signature', BOX.x, y, { ...title, width: BOX.width })
  rule(doc, below + 1)
  return below + 3
}

const drawStrokes = (doc: Doc, traits: Signature['traits'], top: number) => {
  const place = (value: number, from: number, size: number) => from + (value / PAD) * size
  decorate(doc, () => {
    doc.lineWidth(0.9).lineCap('round').lineJoin('round').strokeColor('#000')
    for (const trait of traits) {
      for (let i = 0; i + 1 < trait.length; i += 2) {
        const x = place(trait[i]!, BOX.x + mm(1), INK.width)
        const y = place(trait[i + 1]!, top + mm(2), INK.height)
        if (i === 0) doc.moveTo(x, y)
        else doc.lineTo(x, y)
      }
      doc.stroke()
    }
  })
}

const drawBox = (doc: Doc, y: number) =>
  decorate(doc, () => doc.lineWidth(0.4).strokeColor('#777').rect(BOX.x, y, BOX.width, BOX.height).stroke().strokeColor('#000'))

const drawSignature = (doc: Doc, { traits, at, empreinte }: Signature, fuseau: string, y: number) => {
  drawStrokes(doc, traits, y)
  const x = BOX.x + mm(3) + INK.width
  write(doc, `Signé à l’écran le ${formatInstant(at, fuseau)}. Empreinte ${empreinte.slice(0, 12)}`, x, y + mm(2), {
    size: 7,
    width: BOX.x + BOX.width - x,
    gap: 0,
    tag: 'TD',
  })
}

const drawPerson = (doc: Doc, rank: number, person: Sheet['people'][number] | null, fuseau: string, y: number): number => {
  const middle = y + mm(5)
  write(doc, String(rank), LEFT, middle, { width: mm(9), tag: 'TD' })
  if (person) {
    const presence = person.statut === 'inscrit' ? 'À confirmer' : INSCRIPTION_LABELS[person.statut]
    write(doc, person.nom, NAME.x, middle, { width: NAME.width, tag: 'TD' })
    write(doc, presence, PRESENCE.x, middle, { size: 10, width: PRESENCE.width, tag: 'TD' })
    write(doc, person.passUtilises > 0 ? String(person.passUtilises) : '–', PASS.x, middle, { width: PASS.width, tag: 'TD' })
  }
  // who did not come has nothing to sign
  if (!person || SEATED.includes(person.statut)) drawBox(doc, y)
  if (person?.signature) drawSignature(doc, person.signature, fuseau, y)
  rule(doc, y + ROW - mm(1))
  return y + ROW
}

const drawFoot = (doc: Doc, { people, sansPass }: Sheet, top: number) => {
  let y = top
  if (y > BOTTOM - mm(45)) {
    doc.addPage()
    y = A4.margin
  }
  const came = people.filter(({ statut }) => statut === 'present').length
  const total = `${plural(came + sansPass, 'personne présente', 'personnes présentes')}, dont ${plural(sansPass, 'personne', 'personnes')} sans pass`
  y = write(doc, total, LEFT, y + mm(4), { bold: true })
  y = write(doc, 'Nom et signature de la personne qui a animé l’atelier, avec la date\u00a0:', LEFT, y + mm(3))
  decorate(doc, () =>
    doc
      .lineWidth(0.7)
      .strokeColor('#000')
      .rect(LEFT, y + 2, RIGHT - LEFT, mm(22))
      .stroke(),
  )
}

/** The attendance sheet: a row for each person, then empty ones up to the seats of the atelier. */
export const drawSheet = (doc: Doc, sheet: Sheet): void => {
  let y = drawColumns(doc, drawSheetHead(doc, 'Feuille d’émargement', sheet))
  const rows = Math.max(sheet.people.length, sheet.capacite)
  for (let rank = 0; rank < rows; rank++) {
    if (y + ROW > BOTTOM) {
      doc.addPage()
      y = drawColumns(doc, A4.margin)
    }
    y = drawPerson(doc, rank + 1, sheet.people[rank] ?? null, sheet.lieu.fuseau, y)
  }
  drawFoot(doc, sheet, y)
}
