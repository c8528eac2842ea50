import { mountApp } from '@pass/web/app.tsx'
import { HandCoins, Handshake, House, MapPin } from 'lucide-react'
import { paths } from './paths.ts'
import { routes } from './routes.tsx'

mountApp({
  role: 'partenaire',
  titre: 'Partenaires',
  menu: [
    { to: paths.accueil(), label: 'Accueil', icon: House, end: true },
    { to: paths.conventions(), label: 'Conventions', icon: Handshake, droit: 'convention:read' },
    { to: paths.financements(), label: 'Financement', icon: HandCoins, droit: 'financement:read' },
    { to: paths.lieux(), label: 'Lieux', icon: MapPin },
  ],
  routes,
})
