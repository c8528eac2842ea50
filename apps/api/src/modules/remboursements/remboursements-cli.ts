import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SELECTION_MAX } from '@pass/contracts/bordereaux.ts'
import type { Cloture } from '@pass/contracts/clotures.ts'
import { REMISE_MAX, type RetourBancaire } from '@pass/contracts/remises-bancaires.ts'
import { BORDEREAU_LABELS, BORDEREAU_STATUTS, type BordereauStatut, RAISON_NON_PAYE_LABELS } from '@pass/domain/bordereaux.ts'
import { formatPeriode, type Periode, periodeOf } from '@pass/domain/clotures.ts'
import type { Droit } from '@pass/domain/droits.ts'
import { euros, plural, pluralPass } from '@pass/domain/money.ts'
import { nameFor, typeOf, whyNotStore } from '@pass/domain/pieces.ts'
import { RETOUR_RULE } from '@pass/domain/retours.ts'
import { BadInput, type Command, type Io, type Outcome, WrongUse } from '../../platform/cli.ts'
import { type CliPerson, cliPerson } from '../../platform/cli-person.ts'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { Refused } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import { approveBordereaux } from './approve-bordereaux.ts'
import { checkBordereaux } from './check-bordereaux.ts'
import { closePeriode } from './close-periode.ts'
import { listClotures, previewCloture } from './cloture-queries.ts'
import { importRetour } from './import-retour.ts'
import { releaseSelection } from './release-bordereau.ts'
import { getRetour } from './retour-queries.ts'

const PAR = { par: { type: 'string', description: 'Adresse de la personne qui agit', required: true } } as const
const MOIS = { mois: { type: 'string', description: 'Mois ou semaine : 2026-03, 2026-W10', required: true } } as const
const EXECUTE = { execute: { type: 'boolean', description: 'Agir pour de bon : sans ce mot, rien n’est écrit' } } as const
const REFERENCES = { references: { type: 'string', description: 'Seulement ces bordereaux : B26-0001,B26-0002' } } as const

type Args = Record<string, string | boolean | undefined>

const periodeIn = ({ mois }: Args): Periode => {
  const periode = periodeOf(String(mois))
  if (!periode) throw new WrongUse('Indiquez un mois ou une semaine. Exemples : --mois 2026-03, --mois 2026-W10.')
  return periode
}

/** How a long work in background is followed: once a second, half an hour at most. */
const TURN_MS = 1000
const TURNS = 1800

const follow = async <T>(look: () => Promise<T>, isOver: (state: T) => boolean, tell: (state: T) => void): Promise<T> => {
  for (let turn = 0; ; turn++) {
    const state = await look()
    tell(state)
    if (isOver(state) || turn === TURNS) return state
    await sleep(TURN_MS)
  }
}

/** A step of the cycle: who may, what is done, what is said. A refusal is a sentence and exit code 1. */
const step =
  (droit: Droit, run: (io: Io, person: CliPerson, args: Args) => Promise<Outcome>): Command['run'] =>
  async (io, args) => {
    if (args['mois'] !== undefined) periodeIn(args)
    const person = await cliPerson(io, String(args['par']), droit)
    try {
      return await run(io, person, args)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const { code, message, erreurs = [] } = error.refusal
      const lines = [`Refusé : ${message}`, ...erreurs.map((fault) => `  ${fault.message}`)]
      return { ok: false, lines, json: { ok: false, code, message, erreurs } }
    }
  }

const trialOf = (execute: boolean): string[] => (execute ? [] : ['', 'Essai : rien n’est écrit. Ajoutez --execute pour agir.'])

const tellCloture = (periode: Periode, cloture: Cloture): string[] => [
  `${formatPeriode(periode)} : ${plural(cloture.structures, 'bordereau', 'bordereaux')}, ${pluralPass(cloture.pass)}, ${euros(cloture.montantCentimes)}`,
  ...cloture.bordereaux.map((row) => `  ${euros(row.montantCentimes).padStart(14)}  ${row.structure.nom}`),
  ...(cloture.structuresEnAttente > 0 ? ['En attente :'] : []),
  ...cloture.enAttente.map(
    (row) => `  ${euros(row.montantCentimes).padStart(14)}  ${row.structure.nom}. ${RAISON_NON_PAYE_LABELS[row.raison]}`,
  ),
]

const followClosing = (io: Io, person: CliPerson, clotureId: string) =>
  follow(
    async () => (await person.read((ctx) => listClotures(ctx))).items.find(({ id }) => id === clotureId),
    (run) => run?.statut !== 'en_cours',
    (run) => run && io.say(`${run.faites} sur ${plural(run.structures, 'structure')}`),
  )

/** `cli remboursements preparer` */
export const preparer: Command = {
  summary: 'Arrêter les bordereaux d’un mois ou d’une semaine',
  args: { ...MOIS, ...PAR, ...EXECUTE },
  run: step('bordereau:close', async (io, person, args) => {
    const periode = periodeIn(args)
    const execute = args['execute'] === true
    const cloture = execute
      ? await person.act({ name: 'remboursements preparer', objet: { mois: periode.cle }, execute }, (ctx) =>
          closePeriode(ctx, { periode: periode.cle }),
        )
      : await person.read((ctx) => previewCloture(ctx, { periode: periode.cle }))
    const run = execute && cloture.suivi ? await followClosing(io, person, cloture.suivi.id) : undefined
    const ok = !run || run.statut === 'terminee'
    const lines = [
      ...tellCloture(periode, cloture),
      ...trialOf(execute),
      ...(ok ? [] : ['L’arrêté s’est interrompu : relancez la commande.']),
    ]
    return { ok, lines, json: { ok, essai: !execute, ...cloture, suivi: run ?? cloture.suivi } }
  }),
}

type Chosen = { id: string; reference: string; montant: bigint }

const chosenOf = async (
  ctx: Ctx,
  periode: Periode,
  statut: BordereauStatut,
  { references }: Args,
  approving: boolean,
): Promise<Chosen[]> => {
  const wanted = typeof references === 'string' ? references.split(',').map((one) => one.trim()) : null
  const rows = await ctx.db.$queryRaw<Chosen[]>`
    select b.id, b.reference, b.montant_centimes montant from bordereau b
     where ${reachSql(ctx, 'bordereau', 'b')} and b.mois = ${periode.mois} and b.semaine is not distinct from ${periode.semaine}::int and b.statut = ${statut}
       ${wanted ? sql`and b.reference = any (${wanted}::text[])` : empty}
       ${approving ? sql`and not exists (select from bordereau_approbation a where a.organisation_id = b.organisation_id and a.bordereau_id = b.id and a.utilisateur_id = ${ctx.actor.utilisateurId}::uuid)` : empty}
     order by b.reference`
  const absent = wanted?.find((reference) => !rows.some((row) => row.reference === reference))
  if (absent) throw new BadInput(`Le bordereau ${absent} n’attend pas cette étape pour ${formatPeriode(periode)}.`)
  return rows
}

type Selecting = {
  name: string
  droit: Droit
  statut: BordereauStatut
  most: number
  act: (ctx: Ctx, input: { bordereauIds: readonly string[] }) => Promise<object>
  done: string
}

/** The same act on every bordereau of a period that waits for it, by selections: each of them whole or not at all. */
const onSelection = ({ name, droit, statut, most, act, done }: Selecting): Command['run'] =>
  step(droit, async (io, person, args) => {
    const periode = periodeIn(args)
    const execute = args['execute'] === true
    const chosen = await person.read((ctx) => chosenOf(ctx, periode, statut, args, droit === 'bordereau:approve'))
    const resultats: object[] = []
    for (let from = 0; from < chosen.length; from += most) {
      const objet = { bordereauIds: chosen.slice(from, from + most).map(({ id }) => id) }
      resultats.push(await person.act({ name: `remboursements ${name}`, objet, execute }, (ctx) => act(ctx, objet)))
      io.say(`${Math.min(from + most, chosen.length)} sur ${plural(chosen.length, 'bordereau', 'bordereaux')}`)
    }
    const montantCentimes = chosen.reduce((sum, { montant }) => sum + Number(montant), 0)
    const lines =
      chosen.length === 0
        ? [`${formatPeriode(periode)} : aucun bordereau n’attend cette étape.`]
        : [
            `${formatPeriode(periode)} : ${plural(chosen.length, 'bordereau', 'bordereaux')}, ${euros(montantCentimes)}, ${done} par ${person.nom}`,
            ...chosen.map(({ reference, montant }) => `  ${euros(montant).padStart(14)}  ${reference}`),
            ...trialOf(execute),
          ]
    const json = {
      ok: true,
      essai: !execute,
      periode: periode.cle,
      references: chosen.map(({ reference }) => reference),
      montantCentimes,
      resultats,
    }
    return { ok: true, lines, json }
  })

/** `cli remboursements controler` */
export const controler: Command = {
  summary: 'Contrôler les bordereaux arrêtés',
  args: { ...MOIS, ...PAR, ...REFERENCES, ...EXECUTE },
  run: onSelection({
    name: 'controler',
    droit: 'bordereau:check',
    statut: 'arrete',
    most: SELECTION_MAX,
    act: checkBordereaux,
    done: 'contrôlés',
  }),
}

/** `cli remboursements approuver` */
export const approuver: Command = {
  summary: 'Approuver les bordereaux contrôlés',
  args: { ...MOIS, ...PAR, ...REFERENCES, ...EXECUTE },
  run: onSelection({
    name: 'approuver',
    droit: 'bordereau:approve',
    statut: 'controle',
    most: SELECTION_MAX,
    act: approveBordereaux,
    done: 'approuvés',
  }),
}

/** `cli remboursements transmettre` */
export const transmettre: Command = {
  summary: 'Transmettre les bordereaux approuvés à la banque, en un fichier SEPA',
  args: { ...MOIS, ...PAR, ...REFERENCES, ...EXECUTE },
  run: onSelection({
    name: 'transmettre',
    droit: 'bordereau:release',
    statut: 'approuve',
    most: REMISE_MAX,
    act: releaseSelection,
    done: 'transmis',
  }),
}

const tellRetour = (retour: RetourBancaire): string[] => [
  `${retour.nom} : ${plural(retour.lignes, 'ligne')}`,
  `  ${plural(retour.executes, 'virement exécuté', 'virements exécutés')}, ${euros(retour.executeCentimes)}`,
  `  ${plural(retour.rejetes, 'virement rejeté', 'virements rejetés')}, ${euros(retour.rejeteCentimes)}`,
  ...(retour.revenus > 0
    ? [`  ${plural(retour.revenus, 'virement revenu', 'virements revenus')} après paiement, ${euros(retour.revenuCentimes)}`]
    : []),
  `  ${retour.attentes} en attente, ${plural(retour.inconnus, 'référence inconnue', 'références inconnues')}`,
  ...(retour.message ? [`Refusé : ${retour.message}`] : []),
]

/** `cli remboursements retour FICHIER` */
export const retour: Command = {
  summary: 'Importer le retour de la banque (CSV, camt.053, camt.054 ou pain.002)',
  args: { fichier: { type: 'positional', description: 'Fichier de la banque' }, ...PAR, ...EXECUTE },
  run: step('bordereau:pay', async (io, person, args) => {
    const fichier = String(args['fichier'])
    const octets = await readFile(fichier).catch(() => {
      throw new BadInput(`Le fichier ${fichier} ne s’ouvre pas. Vérifiez son nom.`)
    })
    const type = typeOf(octets)
    const refusal = whyNotStore(octets, RETOUR_RULE)
    if (refusal || !type) throw new BadInput(refusal?.message ?? 'Ce fichier n’est ni un CSV, ni un XML.')
    const execute = args['execute'] === true
    const file = { nom: nameFor(basename(fichier), type), type, octets }
    const first = await person.act({ name: 'remboursements retour', objet: {}, execute }, (ctx) => importRetour(ctx, file))
    const last = !execute
      ? first
      : await follow(
          () => person.read((ctx) => getRetour(ctx, { retourId: first.id })),
          ({ statut }) => statut !== 'a_lire',
          ({ statut }) => statut === 'a_lire' && io.say('Lecture en cours'),
        )
    const ok = last.statut === 'applique' || (!execute && last.statut === 'a_lire')
    return { ok, lines: [...tellRetour(last), ...trialOf(execute)], json: { ok, essai: !execute, ...last } }
  }),
}

type Etat = { statut: BordereauStatut; bordereaux: number; pass: number; montant: bigint }

/** `cli remboursements etat` */
export const etat: Command = {
  summary: 'Dire où en sont les bordereaux d’un mois ou d’une semaine',
  args: { ...MOIS, ...PAR },
  run: step('bordereau:read', async (_io, person, args) => {
    const periode = periodeIn(args)
    const rows = await person.read(
      (ctx) => ctx.db.$queryRaw<Etat[]>`
        select b.statut, count(*)::int bordereaux, sum(b.pass)::int pass, sum(b.montant_centimes)::bigint montant from bordereau b
         where ${reachSql(ctx, 'bordereau', 'b')} and b.mois = ${periode.mois} and b.semaine is not distinct from ${periode.semaine}::int group by b.statut`,
    )
    const etats = rows
      .map(({ montant, ...row }) => ({ ...row, montantCentimes: Number(montant) }))
      .toSorted((a, b) => BORDEREAU_STATUTS.indexOf(a.statut) - BORDEREAU_STATUTS.indexOf(b.statut))
    const lines = etats.map(
      (row) =>
        `  ${BORDEREAU_LABELS[row.statut].padEnd(22)} ${plural(row.bordereaux, 'bordereau', 'bordereaux').padEnd(16)} ${pluralPass(row.pass).padEnd(12)} ${euros(row.montantCentimes)}`,
    )
    const titre = `${formatPeriode(periode)} : ${lines.length === 0 ? 'aucun bordereau.' : ''}`
    return { ok: true, lines: [titre.trimEnd(), ...lines], json: { ok: true, periode: periode.cle, etats } }
  }),
}
