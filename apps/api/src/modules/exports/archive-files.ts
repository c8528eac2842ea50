import { mkdir } from 'node:fs/promises'
import { createSecretKey } from 'node:crypto'
import { join } from 'node:path'
import type { Deps } from '../../platform/deps.ts'
import { fileKey } from '../../platform/sealed-file.ts'

/** Where archives wait to be downloaded, sealed. */
export const archivesDir = ({ config }: Pick<Deps, 'config'>): string => join(config.filesDir, 'archives')

/** One of them. Its name is no piece's: whoever sweeps the pieces leaves it. */
export const archivePath = (deps: Pick<Deps, 'config'>, archiveId: string): string => join(archivesDir(deps), `${archiveId}.sceau`)

export const makeArchivesDir = (deps: Pick<Deps, 'config'>) => mkdir(archivesDir(deps), { recursive: true, mode: 0o700 })

/** At rest, an archive opens with a key of the service; once downloaded, it is an ordinary zip. */
export const archiveKey = ({ secrets }: Pick<Deps, 'secrets'>, archiveId: string): Buffer =>
  fileKey(createSecretKey(secrets.lotWrapping.key), `archive:${archiveId}`)

/** The key of the job that makes it. */
export const archiveJob = (archiveId: string): string => `archive:${archiveId}`
