import { TERMES_EXAMPLE } from '@pass/contracts/convention-termes.ts'
import { conventionRoutes, type Convention } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes, type Version } from '@pass/contracts/conventions-versions.ts'
import type { PublicCode } from '@pass/domain/conventions.ts'
import { useContractForm } from '@pass/web/form.ts'
import { FOLLOWED } from '@pass/web/modules/conventions/followed.ts'

const { prepareAvenant, updateAvenant, updateConvention } = conventionVersionRoutes
const READ = [conventionRoutes.getConvention, conventionRoutes.listConventions, ...FOLLOWED]

/** The rules in the boxes of a form, from a convention or from a version. */
export const startOf = (regles: Convention | Version['termes'], financeurs: Convention['financeurs'], lieux: readonly string[]) => {
  const known = regles as unknown as Record<string, unknown>
  return {
    ...Object.fromEntries(Object.keys(TERMES_EXAMPLE).map((key) => [key, known[key]])),
    publics: [...regles.publics] as PublicCode[],
    criteres: regles.criteres.map((one) => ({ ...one })),
    lieux: [...lieux],
    financeurs: financeurs.map(({ nature, nom, cleBp, plafondCentimes, estRepli }) => ({ nature, nom, cleBp, plafondCentimes, estRepli })),
  }
}
type Start = ReturnType<typeof startOf>

export const useAvenantForm = (conventionId: string, start: Start, onMade: (version: Version) => void) =>
  useContractForm(prepareAvenant, {
    params: { conventionId },
    defaultValues: { objet: '', ...start, prolongations: [] },
    invalidates: READ,
    onSuccess: onMade,
  })
/** The form that carries every rule; the two others have the same fields. */
export type TermesForm = ReturnType<typeof useAvenantForm>

export const useAvenantRewriteForm = (conventionId: string, version: Version, onMade: (version: Version) => void): TermesForm =>
  useContractForm(updateAvenant, {
    params: { conventionId, version: version.numero },
    defaultValues: {
      objet: version.objet,
      ...startOf(version.termes, version.financeurs, version.termes.lieux),
      prolongations: version.prolongations.map(({ lotId, dateFin }) => ({ lotId, dateFin })),
      recommencer: false,
    },
    invalidates: READ,
    onSuccess: onMade,
  }) as unknown as TermesForm

export const useEditForm = (convention: Convention, lieux: readonly string[], onMade: (convention: Convention) => void) =>
  useContractForm(updateConvention, {
    params: { conventionId: convention.id },
    defaultValues: {
      nom: convention.nom,
      operateurId: convention.operateur.id,
      dateDebut: convention.dateDebut,
      ...startOf(convention, convention.financeurs, lieux),
      recommencer: false,
    },
    invalidates: READ,
    onSuccess: onMade,
  })
