import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { CONVENTION_DEFAULTS, type PublicCode } from '@pass/domain/conventions.ts'
import { useContractForm } from '@pass/web/form.ts'
import { today, useSession } from '@pass/web/session.tsx'

type Start = { operateurId: string; territoire: string; onCreated: (conventionId: string) => void }

/** The form of a new convention: half State, half collectivité to begin with, as the national scheme does. */
export const useConventionForm = ({ operateurId, territoire, onCreated }: Start) => {
  const { organisation } = useSession()
  return useContractForm(conventionRoutes.createConvention, {
    defaultValues: {
      nom: '',
      operateurId,
      dateDebut: today(),
      dateFin: '',
      carnetTaille: CONVENTION_DEFAULTS.carnetTaille,
      identite: CONVENTION_DEFAULTS.identite,
      fse: CONVENTION_DEFAULTS.fse,
      publics: [] as PublicCode[],
      territoire: territoire ? [territoire] : [],
      financeurs: [
        { nature: 'etat', nom: 'État', cleBp: 5000, plafondCentimes: null, estRepli: false },
        { nature: 'collectivite', nom: organisation.nom, cleBp: 5000, plafondCentimes: null, estRepli: true },
      ],
    },
    invalidates: [conventionRoutes.listConventions],
    onSuccess: ({ id }) => onCreated(id),
  })
}

export type ConventionForm = ReturnType<typeof useConventionForm>
