import { readFile } from 'node:fs/promises'
import { checkArchive } from '@pass/domain/archive-checks.ts'
import { owedFromUses } from '@pass/domain/archive-payments.ts'
import type { ArchiveCheck } from '@pass/domain/archive-sums.ts'
import type { ArchiveData } from '@pass/domain/archives.ts'
import { formatInstant, PARIS } from '@pass/domain/days.ts'
import { euros, formatNumber } from '@pass/domain/money.ts'
import { BadInput, type Command, type Outcome } from '../../platform/cli.ts'
import { readArchive } from './read-archive.ts'
import { DamagedArchive } from './zip.ts'

/** Faults written out; the others are counted. */
const SHOWN = 5

const told = ({ controle, lus, fautes }: ArchiveCheck): string[] => [
  `  ${fautes.length === 0 ? 'juste' : 'FAUX '}  ${controle} (${formatNumber(lus)})`,
  ...fautes.slice(0, SHOWN).map((faute) => `         ${faute}`),
  ...(fautes.length > SHOWN ? [`         … et ${formatNumber(fautes.length - SHOWN)} autres`] : []),
]

/** What is owed, computed again, the biggest first. */
const owedOf = (data: ArchiveData) => {
  const nameOf = new Map(data.organisations.map(({ organisation_id, nom }) => [organisation_id, nom]))
  return [...owedFromUses(data)]
    .filter(([, centimes]) => centimes !== 0)
    .map(([key, duCentimes]) => {
      const [convention = '', structureId = ''] = key.split('|')
      return { convention, structureId, structure: nameOf.get(structureId) ?? structureId, duCentimes }
    })
    .toSorted((a, b) => b.duCentimes - a.duCentimes)
}

const readOrRefuse = (octets: Uint8Array): ReturnType<typeof readArchive> | string => {
  try {
    return readArchive(octets)
  } catch (error) {
    if (error instanceof DamagedArchive) return error.message
    throw error
  }
}

/** Checks an archive by itself: no database, no setting, the file alone. */
export const verifyArchive = (octets: Uint8Array): Outcome => {
  const read = readOrRefuse(octets)
  if (typeof read === 'string') return { ok: false, lines: [`Archive refusée\u00a0: ${read}`], json: { ok: false, refus: read } }
  const { manifest, data } = read
  const controles = checkArchive(data)
  const ok = controles.every(({ fautes }) => fautes.length === 0)
  const dus = owedOf(data)
  const total = dus.reduce((sum, { duCentimes }) => sum + duCentimes, 0)
  const lines = [
    `${manifest.collectivite.nom}, archive du ${formatInstant(new Date(manifest.at), PARIS)}`,
    `${manifest.fichiers.length} fichiers, empreintes justes`,
    '',
    ...controles.flatMap(told),
    '',
    `Dû aux structures, recalculé\u00a0: ${euros(total)}`,
    ...dus.map(({ convention, structure, duCentimes }) => `  ${euros(duCentimes).padStart(14)}  ${convention}  ${structure}`),
    '',
    ok ? 'Archive juste.' : 'Archive refusée\u00a0: ses chiffres ne s’accordent pas.',
  ]
  return { ok, lines, json: { ok, collectivite: manifest.collectivite, at: manifest.at, fichiers: manifest.fichiers, controles, dus } }
}

/** `cli verifier-archive FICHIER` */
export const verifierArchive: Command = {
  summary: 'Vérifier une archive de continuité et recalculer ses soldes, sans base de données',
  args: { fichier: { type: 'positional', description: 'Archive (.zip)' } },
  run: async (_io, { fichier }) => {
    const octets = await readFile(String(fichier)).catch(() => {
      throw new BadInput(`Le fichier ${String(fichier)} ne s’ouvre pas. Vérifiez son nom.`)
    })
    return verifyArchive(octets)
  },
}
