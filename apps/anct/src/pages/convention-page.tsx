import { type Convention, conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { ConventionPage } from '@pass/web/modules/conventions/convention-page.tsx'
import { ConventionSignatures } from '@pass/web/modules/conventions/convention-signatures.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    convention: apiQuery(conventionRoutes.getConvention, { params: paramsOf(conventionRoutes.getConvention, params) }),
    versions: apiQuery(conventionVersionRoutes.listVersions, { params: paramsOf(conventionRoutes.getConvention, params) }),
    devoirs: apiQuery(conventionVersionRoutes.listDevoirs, { params: paramsOf(conventionRoutes.getConvention, params) }),
    departements: apiQuery(referentielRoutes.listDepartements, {}),
  })

const nextOf = ({ financeurs }: Convention): string => {
  const missing = financeurs.filter(({ signataire }) => signataire === null).map(({ nom }) => nom)
  return missing.length > 0
    ? `Signature encore attendue : ${missing.join(', ')}.`
    : 'Tous les financeurs ont signé. La collectivité peut l’ouvrir.'
}

export const Component = () => {
  const { convention, versions, devoirs, departements } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  return (
    <ConventionPage
      convention={convention}
      versions={versions.items}
      devoirs={devoirs.items}
      departements={departements.items}
      paths={paths}
      commandes={paths.commandes({ conventionId: convention.id })}
      avecDocuments
      fait={done}
      agir={
        convention.statut === 'brouillon' && (
          <ConventionSignatures
            convention={convention}
            onSigned={(signed, { nom }) => setDone(`Signature enregistrée : ${nom}. ${nextOf(signed)}`)}
          />
        )
      }
    />
  )
}
