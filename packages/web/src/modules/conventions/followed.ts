import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'

const { listVersions, getVersion, listConventionEtapes, listDevoirs, listConventionLieux, listConventionLots } = conventionVersionRoutes

/** What is read of a convention besides itself: read again after each act on it. */
export const FOLLOWED = [listVersions, getVersion, listConventionEtapes, listDevoirs, listConventionLieux, listConventionLots]
