import type { RendezVous } from '@pass/contracts/creneaux.ts'
import type { Remise } from '@pass/contracts/remises.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { BESOIN_LABELS, themeOf } from '@pass/domain/prescriptions.ts'
import { pluralPass } from '@pass/domain/money.ts'
import { apiQuery, fileUrl, paramsOf, queryClient, useWarmed, warm } from '@pass/web/api.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { ExportLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Instant, Jour } from '@pass/web/ui/values.tsx'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { drawRecu, getCarnet, getRemise, listLieux, listRendezVous } from '../calls.ts'
import { paths } from '../paths.ts'
import { Courrier } from '../widgets/courrier.tsx'
import { departementOf, PROPOSES, rememberedDepartement } from '../widgets/lieux-proposes.tsx'
import { PremierRendezVous } from '../widgets/premier-rendez-vous.tsx'

/** The places that the letter named: those of the person's département that teach what they came for. */
const lieuxOf = ({ commune, besoin }: Remise) => {
  const departement = commune ? departementOf(commune) : rememberedDepartement()
  return apiQuery(listLieux, { query: { taille: 10 as const, theme: themeOf(besoin), ...(departement && { departement }) } })
}

export const loader = async ({ params }: LoaderFunctionArgs) => {
  const query = apiQuery(getRemise, { params: paramsOf(getRemise, params) })
  const remise = await queryClient.ensureQueryData(query)
  return warm({
    remise: query,
    carnet: apiQuery(getCarnet, { params: { carnetId: remise.carnetId } }),
    lieux: lieuxOf(remise),
    rendezVous: apiQuery(listRendezVous, { query: { taille: 100 } }),
  })
}

const factsOf = (remise: Remise) => [
  {
    terme: 'Carnet',
    valeur: (
      <Link className="code" to={paths.carnet({ carnetId: remise.carnetId })}>
        {remise.serie}
      </Link>
    ),
  },
  { terme: 'Pass', valeur: pluralPass(remise.taille - remise.annules) },
  { terme: 'Remis le', valeur: <Instant at={remise.remisAt} /> },
  { terme: 'Valable jusqu’au', valeur: <Jour date={remise.dateFin} phrase /> },
  { terme: 'Besoin', valeur: `${BESOIN_LABELS[remise.besoin]} (${THEME_LABELS[themeOf(remise.besoin)]})` },
  { terme: 'Collectivité', valeur: remise.collectivite.nom },
]

const titleOf = ({ personne, serie }: Remise): string => (personne ? `${personne.prenom} ${personne.nom}` : `Carnet ${serie}`)

export const Component = () => {
  const { remise, carnet, lieux, rendezVous } = useWarmed<typeof loader>()
  const [pris, setPris] = useState<RendezVous | null>(null)
  const sien = pris ?? rendezVous.items.find(({ prescriptionId }) => prescriptionId === remise.id) ?? null
  return (
    <Page
      titre={titleOf(remise)}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.personnes(), label: 'Personnes servies' },
      ]}
      badge={remise.annulee && <Badge tone="neutre">Carnet repris</Badge>}
    >
      <div className="pile remise-faite">
        <Card titre="La remise">
          <DefinitionList items={factsOf(remise)} />
          {remise.annulee ? (
            <Notice tone="neutre">Ce carnet a été repris : il n’y a plus ni courrier ni reçu à imprimer.</Notice>
          ) : (
            <ButtonRow>
              <Button icon={Printer} onClick={() => globalThis.print()}>
                Imprimer le courrier
              </Button>
              <ExportLink href={fileUrl(drawRecu, { params: { prescriptionId: remise.id } })}>Reçu à signer (PDF)</ExportLink>
            </ButtonRow>
          )}
        </Card>
        {!remise.annulee && <PremierRendezVous prescription={remise} pris={sien} onTaken={setPris} />}
        {!remise.annulee && <Courrier prescription={remise} carnet={carnet} lieux={lieux.items.slice(0, PROPOSES)} rendezVous={sien} />}
      </div>
    </Page>
  )
}
