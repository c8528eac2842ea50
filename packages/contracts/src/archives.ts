import { ARCHIVE_STATUTS } from '@pass/domain/archives.ts'
import { z } from 'zod'
import { instant, pageOf, pageQuery } from './lists.ts'
import { routes } from './route.ts'

/** What a collectivité needs to go on without its operator, in one file. */
export const Archive = z.object({
  id: z.uuid(),
  statut: z.enum(ARCHIVE_STATUTS),
  demandeeAt: instant,
  preteAt: instant.nullable(),
  octets: z.int().nullable(),
  /** sha256 of the file, in hexadecimal: whoever holds a copy compares it. */
  empreinte: z.string().nullable(),
  /** The first day it can no longer be downloaded. */
  dateFin: z.iso.date(),
  /** How far the job that makes it is. */
  avancement: z.object({ fait: z.int(), total: z.int() }).nullable(),
})
export type Archive = z.infer<typeof Archive>

export const archiveRoutes = routes({
  listArchives: {
    method: 'GET',
    path: '/archives',
    droit: 'archive:read',
    effect: 'read',
    summary: 'Lister les archives de continuité de la collectivité',
    query: z.object(pageQuery),
    response: pageOf(Archive),
  },
  askArchive: {
    method: 'POST',
    path: '/archives',
    droit: 'archive:make',
    effect: 'write',
    status: 201,
    summary: 'Demander une archive de continuité, préparée en arrière-plan',
    refusals: ['archive_statut'],
    response: Archive,
  },
  takeArchive: {
    method: 'GET',
    path: '/archives/:archiveId/fichier',
    droit: 'archive:make',
    effect: 'journaled-read',
    stepUp: true,
    kind: 'file',
    summary: 'Télécharger une archive de continuité',
    refusals: ['archive_statut'],
    params: z.object({ archiveId: z.uuid() }),
    response: z.unknown(),
  },
})
