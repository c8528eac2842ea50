import { formatDuration } from '@pass/domain/days.ts'
import type { Lieu } from '@pass/contracts/lieux.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { LieuAddress, LieuHours, LieuPhone } from '@pass/web/modules/lieux/lieu-address.tsx'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { ExternalLink } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { getLieu } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) => warm({ lieu: apiQuery(getLieu, { params: paramsOf(getLieu, params) }) })

const mapHref = (latitude: number, longitude: number): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`

// A link, never a map drawn here: nothing of the visitor leaves for another site before they press it.
const Where = ({ lieu }: { lieu: Lieu }) => (
  <Card titre="Où">
    <LieuAddress lieu={lieu} />
    {lieu.itinerant && <p>Ce lieu se déplace. Téléphonez pour savoir où il sera.</p>}
    {lieu.latitude !== null && lieu.longitude !== null && (
      <p>
        <a className="fichier" href={mapHref(lieu.latitude, lieu.longitude)} rel="noreferrer">
          <ExternalLink aria-hidden="true" />
          <span>Voir sur la carte OpenStreetMap (autre site)</span>
        </a>
      </p>
    )}
  </Card>
)

const When = ({ lieu }: { lieu: Lieu }) => (
  <Card titre="Quand">
    <LieuHours lieu={lieu} />
    {lieu.minutesSemaine !== null && <p className="doux petit">Ouvert {formatDuration(lieu.minutesSemaine)} par semaine.</p>}
  </Card>
)

const Reach = ({ lieu }: { lieu: Lieu }) => (
  <Card titre="Prendre rendez-vous">
    <p>Téléphonez, et dites que vous avez un carnet de Pass numérique.</p>
    <p className="grand-telephone">
      <LieuPhone lieu={lieu} />
    </p>
    {lieu.courriel && (
      <p>
        <a href={`mailto:${lieu.courriel}`}>{lieu.courriel}</a>
      </p>
    )}
  </Card>
)

export const Component = () => {
  const { lieu } = useWarmed<typeof loader>()
  return (
    <Page
      titre={lieu.nom}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.lieux(), label: 'Trouver un lieu' },
      ]}
      badge={<Badge tone="bien">Accepte le Pass numérique</Badge>}
    >
      <Columns>
        <Stack>
          <Where lieu={lieu} />
          <When lieu={lieu} />
        </Stack>
        <Stack>
          <Reach lieu={lieu} />
          <Card titre="Ce que vous pouvez apprendre">
            <ul className="puces">
              {lieu.themes.map((theme) => (
                <li key={theme}>{THEME_LABELS[theme]}</li>
              ))}
            </ul>
          </Card>
        </Stack>
      </Columns>
    </Page>
  )
}
