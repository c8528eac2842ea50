import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { sessionRoutes } from '@pass/contracts/session.ts'

/** The calls of these pages: all of them open to people who are not signed in. */
export const { listLieux, getLieu } = lieuRoutes
export const { listDepartements } = referentielRoutes
export const { signIn, listDemoPeople, signInDemo } = sessionRoutes
